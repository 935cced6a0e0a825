"""The page of an estimate: what may be said, the models side by side, the overlaps, the methods, the limits.

Pure. It makes a plain document (`write_report`); paper sets it (`set_report`). Figures: all models with their
ranges and the envelope behind them, how many people stand on how many lists, each list as a population of
known size, and the share of all people that each list would have met. A refusal has its page, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np
import scipy

from onggi.count.answer import Answer
from onggi.count.drawing import draw_frequencies, draw_models, draw_shares
from onggi.count.telling import (
    lay_out_overlaps,
    say_assumption,
    say_bound,
    say_finding,
    say_held,
    say_known,
    say_meaning,
    say_status,
    write_range,
)
from onggi.errors import Finding
from onggi.figures.figure import WIDTH, Figure
from onggi.paper.document import Block, Document, Heading, List, Note, Paragraph, Picture, Table
from onggi.paper.html import make_html
from onggi.paper.pdf import make_pdf
from onggi.words import say

FILES = ("report.pdf", "report.html")

_NARROW = 440  # of a drawing in a column of the sheet


def write_report(answer: Answer, lang: str, *, seed: int, version: str, sheet: bool = False) -> Document:
    """The whole page, in one of the three languages; as a `sheet` it is set on one."""
    page = _Page(answer, lang, _NARROW if sheet else WIDTH)
    blocks = (
        Heading(1, page.say("said")),
        *page.name_people(),
        Paragraph(say_status(answer, lang)),
        *page.say_reasons(),
        *page.show_models(),
        *page.show_overlaps(),
        *page.show_known(),
        *page.show_shares(),
        Heading(2, page.say("assumed")),
        Paragraph(say_assumption(answer, lang)),
        *page.explain(seed, version),
    )
    return Document(page.say("title"), lang, page.say("mark"), blocks, sheet)


def set_report(name: str, answer: Answer, lang: str, *, seed: int, version: str) -> bytes:
    """One of `FILES`: the sheet as PDF, or the page as HTML."""
    sheet = name == FILES[0]
    document = write_report(answer, lang, seed=seed, version=version, sheet=sheet)
    return make_pdf(document) if sheet else make_html(document)


class _Page:
    """An answer and the language it is told in."""

    def __init__(self, answer: Answer, lang: str, width: int) -> None:
        self.answer = answer
        self.width = width
        self.lang = lang

    def say(self, id: str, **values: str | int) -> str:
        return say(f"count.report.{id}", self.lang, **values)

    def name_people(self) -> Iterator[Block]:
        """Of whom, when and where, as far as it was declared."""
        said = self.answer.population
        window = "–".join(map(str, dict.fromkeys(said.window or ())))
        if declared := [one for one in (said.population, window, said.place) if one]:
            yield Paragraph(self.say("of", people=" · ".join(declared)))

    def say_reasons(self) -> Iterator[Block]:
        """What refuses, in a box; what is told beside it, as a list."""
        grave = [one for one in self.answer.findings if one.grave]
        told = [one for one in self.answer.findings if not one.grave]
        for finding in grave:
            texts = (say_finding(finding, self.lang), say_meaning(finding, self.lang))
            yield Note("caution", tuple(Paragraph(text) for text in texts if text))
        if bound := say_bound(self.answer, self.lang):
            yield Paragraph(bound)
        if told:
            yield List(tuple(say_finding(finding, self.lang) for finding in _join_alike(told)))

    def show_models(self) -> Iterator[Block]:
        """All models side by side, and the medians of the panel."""
        if not self.answer.models:
            return
        yield Heading(2, self.say("models"))
        yield from self._draw(draw_models(self.answer, self.lang, self.width))
        if self.answer.panel:
            cells = [(row.setting.replace("_", " "), str(row.median)) for row in self.answer.panel]
            half = (len(cells) + 1) // 2
            rows = tuple(
                one + other for one, other in zip_longest(cells[:half], cells[half:], fillvalue=("", ""))
            )
            head = (self.say("setting"), self.say("median")) * 2
            yield Table(head, rows, (5, 2, 5, 2), self.say("panel"))

    def show_overlaps(self) -> Iterator[Block]:
        """How many people stand on each list, on each two, and on how many at once."""
        cells = self.answer.cells
        if cells is None or not cells.patterns:
            return
        yield Heading(2, self.say("overlap"))
        head, rows, legend = lay_out_overlaps(cells)
        if legend:
            yield Paragraph(legend)
        yield Table(tuple(head), tuple(map(tuple, rows)), caption=self.say("overlap.caption"))
        yield from self._draw(draw_frequencies(self.answer, self.lang, self.width))

    def show_known(self) -> Iterator[Block]:
        """Each list as a population of known size."""
        if not self.answer.known:
            return
        yield Heading(2, self.say("known"))
        yield Paragraph(say_known(self.answer, self.lang))
        rows = tuple(
            (one.name, str(one.size), write_range(one), say_held(one, self.lang)) for one in self.answer.known
        )
        yield Table(tuple(map(self.say, ("list", "size", "range", "held"))), rows)

    def show_shares(self) -> Iterator[Block]:
        """Which share of all people each list holds, over the envelope."""
        if figures := draw_shares(self.answer, self.lang, self.width):
            yield Heading(2, self.say("shares"))
            yield from self._draw(figures)

    def explain(self, seed: int, version: str) -> Iterator[Block]:
        """The methods as a reviewer wants them, and the limits as a reader of newspapers does."""
        if self.answer.models:
            yield Heading(2, self.say("methods"))
            settings = {one.name: one.settings for one in self.answer.models}
            lists = self.answer.cells.width if self.answer.cells is not None else 0
            yield Paragraph(
                self.say(
                    "methods.text",
                    lists=lists,
                    classes=str(settings.get("latent_class", {}).get("classes", "–")),
                    graphs=str(settings.get("graphs", {}).get("graphs", "–")),
                    replicates=str(settings.get("bic", {}).get("replicates", "–")),
                )
            )
            yield Paragraph(
                self.say("versions", seed=seed, onggi=version, numpy=np.__version__, scipy=scipy.__version__)
            )
        yield Heading(2, self.say("limits"))
        yield List(tuple(self.say(f"limits.{name}") for name in ("known", "range", "assumption", "use")))

    def _draw(self, figures: tuple[Figure, ...]) -> Iterator[Block]:
        for figure in figures:
            yield Picture(figure.svg, figure.alt)


def _join_alike(findings: Sequence[Finding]) -> list[Finding]:
    """Findings that differ only in which lists they speak of as one."""
    joined: dict[str, Finding] = {}
    for one in findings:
        before = joined.get(one.code)
        if before is None or one.values.keys() != {"lists"}:
            joined[one.code if before is None else f"{one.code} {len(joined)}"] = one
        else:
            joined[one.code] = replace(
                one, values={"lists": f"{before.values['lists']}; {one.values['lists']}"}
            )
    return list(joined.values())
