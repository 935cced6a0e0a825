"""A table of lists that was brought in this session: from its bytes to what is counted.

In memory and nowhere else, and of a row never more than which lists it stands on: the bytes are let go of as
soon as they were read. What was understood is not changed any more, so that two pages of it never differ;
other lists of the same table are another one. Refused: to count what was not shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from onggi import __version__
from onggi.count.checkpoint import Kept
from onggi.count.population import Population, check_keys, read_population
from onggi.count.reading import Columns, read_cells, read_columns
from onggi.count.replicates import read_listed, read_replicates
from onggi.count.tabled import Tabled
from onggi.errors import Finding
from onggi.intake.files import MEBIBYTE, MOST_BYTES, read_text
from onggi.intake.findings import Findings
from onggi.web.jobs import Progress

KEPT = "overlaps"
"""As what it lies among the orders of a session."""

CELLS, PEOPLE, RECORDS = KINDS = ("cells", "people", "records")
TABLE, REPLICATES, DECLARATION = "table", "replicates", "declaration"
SIZES = {TABLE: MOST_BYTES, REPLICATES: MOST_BYTES, DECLARATION: MEBIBYTE}
"""Bytes that are read of what was chosen for each field, and one more."""

Wrong = tuple[str, tuple[Finding, ...]]
"""Which of the files it is, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is, what was typed of its population (a text, or fields that were read already), the
    seed."""

    kind: str
    seed: int
    typed: str = field(default="", repr=False)
    population: Population = Population()

    @property
    def declared(self) -> bool:
        """Whether anything was typed."""
        return bool(self.typed or self.population.said)


@dataclass
class Run:
    """A table as it is counted, the parts of that which are done, and the id under which its answer lies."""

    tabled: Tabled
    stages: Kept
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a table comes to: what is wrong with it, or the columns to choose lists from, or what is counted.

    `source` is the id of the table of people that the lists were chosen from.
    """

    kind: str
    seed: int
    population: Population
    wrong: tuple[Wrong, ...] = ()
    columns: Columns | None = None
    run: Run | None = None
    source: str = ""


def understand(asked: Asked, files: Mapping[str, bytes], tell: Progress, others: Iterable[Run]) -> Understood:
    """Read a table and what belongs to it, whole or not at all. A run of `others` that is the same is taken
    up where it is."""
    texts, wrong = _read_texts(files)
    population, found = _read_declared(asked, texts.get(DECLARATION), DECLARATION in files)
    unread: list[Wrong] = [*wrong, *found]
    if (asked.kind == RECORDS) is not (REPLICATES in files):
        name = "spare" if REPLICATES in files else "lacking"
        unread.append((REPLICATES, (Finding(f"web_overlaps.replicates.{name}", ""),)))
    told = partial(_tell, tell)
    columns, listed = None, None
    if TABLE in texts and asked.kind == PEOPLE:
        columns, flaws = read_columns(texts[TABLE], told)
        unread.append((TABLE, flaws))
    elif TABLE in texts and asked.kind == CELLS:
        listed = read_cells(texts[TABLE], told)
    elif TABLE in texts and REPLICATES in texts:
        drawn, flaws = read_replicates(texts[REPLICATES], told)
        unread.append((REPLICATES, flaws))
        listed = read_listed(texts[TABLE], drawn, told) if drawn is not None else None
    run = None
    if listed is not None:
        run = take_up(Tabled(listed, population, (), asked.seed, __version__), others)
        unread.append((TABLE, _keep_grave(listed.findings)))
    unfit = run.tabled.find_undeclared() if run is not None else check_keys(population)
    unread.append((DECLARATION, tuple(unfit)))
    if any(flaws for _, flaws in unread):
        return Understood(asked.kind, asked.seed, population, _join_parts(unread))
    return Understood(asked.kind, asked.seed, population, columns=columns, run=run)


def choose_lists(
    table: Understood, id: str, chosen: Sequence[int], others: Iterable[Run]
) -> tuple[Understood | None, list[Finding]]:
    """The same table of people with these of its columns as lists; None, and what stands against that."""
    if table.columns is None or not chosen:
        return None, [Finding("web_overlaps.lacks.lists", "list")]
    listed = table.columns.choose(chosen)
    tabled = Tabled(listed, table.population, (), table.seed, __version__)
    wrong = [*_keep_grave(listed.findings), *tabled.find_undeclared()]
    if wrong:
        return None, [Finding(one.code, "list", one.values) for one in wrong]
    run = take_up(tabled, others)
    return Understood(table.kind, table.seed, table.population, run=run, source=id), []


def take_up(tabled: Tabled, others: Iterable[Run]) -> Run:
    """How this is counted: as it goes on already, if the very same was brought before."""
    same = (one for one in others if one.tabled == tabled)
    return next(same, None) or Run(tabled, Kept(tabled.run, lambda data: True))


def _join_parts(wrong: Sequence[Wrong]) -> tuple[Wrong, ...]:
    """What is wrong with each file, once for each."""
    found = {part: tuple(one for other, flaws in wrong if other == part for one in flaws) for part in SIZES}
    return tuple((part, flaws) for part, flaws in found.items() if flaws)


def _read_texts(files: Mapping[str, bytes]) -> tuple[dict[str, str], list[Wrong]]:
    texts, wrong = {}, list[Wrong]()
    for part, data in files.items():
        found = Findings()
        text = read_text(data, found, most=SIZES[part])
        if flaws := found.gather():
            wrong.append((part, tuple(flaws)))
        elif text is not None:
            texts[part] = text
    return texts, wrong


def _read_declared(asked: Asked, text: str | None, brought: bool) -> tuple[Population, list[Wrong]]:
    if brought and asked.declared:
        return Population(), [(DECLARATION, (Finding("web_overlaps.declared.twice", ""),))]
    if asked.typed:
        text = asked.typed
    if text is None:
        return asked.population, []
    population, flaws = read_population(text)
    return population, [(DECLARATION, tuple(flaws))]


def _keep_grave(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.grave)


def _tell(tell: Progress, done: int, total: int) -> None:
    tell(done, total, "read")
