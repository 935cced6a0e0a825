"""A noisy table: what is left of the lifetime, the one drawing of its numbers, and that it leaves.

Floor 5; writes through the ledger and `release`. The lifetime of a compartment is kept with the tables that
left: each says what it spent, and one that stayed inside has spent it all the same (docs/design/tables.md,
§7). Refused: what would spend more than is left, also where two ask at once; another lifetime than the first
said; to go on where what was spent may have been erased; any number before it is paid for.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

from onggi.count.noise import add_noise, bound_noise, check_noise
from onggi.count.noisy import Filled, fill_table
from onggi.count.rounding import round_number
from onggi.count.table import K, Spec
from onggi.count.units import list_kinds, read_units
from onggi.dossier.leaving import sign_leaving
from onggi.dossier.release import check_new, release_table
from onggi.dossier.table_file import Noise, say_epsilon, write_table
from onggi.dossier.tabulate import TABULATED, Cells, check_spec, lay_out_cells, list_units, part_tables
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.consents import list_unread
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.tabulated import HIDDEN, Tabulated
from onggi.vault.anchoring import require_release
from onggi.vault.opened import Compartment
from onggi.words import say

UNIT = "victim"
MOST = 1000
"""The most that a compartment may spend in its life, in thousandths."""
_EPSILON = re.compile(r"[01](\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: how much is spent, and the lifetime, where it is said; both in thousandths."""

    epsilon: int
    lifetime: int | None = None


@dataclass(frozen=True)
class Noisy:
    """A table before its noise, what it would spend, and what stands against it. It shows no number.

    `lifetime` and `spent` are the compartment's, before this table; a lifetime of 0 was never said. `exact`
    says that a table without noise left before.
    """

    filled: Filled
    base: int
    epsilon: int
    lifetime: int
    spent: int
    exact: bool
    findings: tuple[Finding, ...]

    @property
    def spec(self) -> Spec:
        """What it counts, by what."""
        return self.filled.spec

    @property
    def left(self) -> int:
        """What this table leaves of the lifetime."""
        return max(self.lifetime - self.spent - self.epsilon, 0)

    @property
    def off_by(self) -> int:
        """By how much 19 of 20 numbers are off at most."""
        return bound_noise(self.filled.touched, self.epsilon)


def read_epsilon(text: str) -> int:
    """An amount in thousandths, as somebody writes it: 0.001 to 1.

    Raises:
        OnggiError: `table.epsilon` for anything else.
    """
    found = round(float(text) * 1000) if _EPSILON.fullmatch(text) else 0
    if not 0 < found <= MOST:
        raise OnggiError("table.epsilon", exit_code=Exit.USAGE)
    return found


def check_noisy(spec: Spec) -> None:
    """Refuse what cannot be counted with noise.

    Raises:
        OnggiError: `table.noisy_absent` without OpenDP; `table.noisy_unit` for another unit than victims;
            `table.k` and what `check_spec` raises.
    """
    check_noise()
    check_spec(spec)
    if spec.unit != UNIT:
        raise OnggiError("table.noisy_unit", exit_code=Exit.USAGE)
    if spec.k < K:
        raise OnggiError("table.k", exit_code=Exit.USAGE, least=K)


def plan_noisy(
    ledger: Ledger,
    compartment: Compartment,
    spec: Spec,
    asked: Asked,
    year: int,
    *,
    base: int = 1,
    note: str = "",
) -> Noisy:
    """What a noisy table would spend, and whether it may. `note` is the statement that this very one leaves.

    Raises:
        OnggiError: what `check_noisy` and `fill_table` raise.
    """
    check_noisy(spec)
    compartment = ledger.vault.compartment(compartment.id)
    unread = list_unread(ledger, compartment)
    view = ledger.view(compartment=compartment)
    units, _ = list_units(view, read_units(view), UNIT)
    rows = list_kinds(spec.rows, year)
    columns = list_kinds(spec.columns, year) if spec.columns else ()
    filled = fill_table(units, spec, rows, columns)
    said, spent = _read_spent(view, note)
    found = [Finding("consent.unread", "record")] if unread else []
    found += _judge_spending(view, compartment, asked, said, spent)
    exact, _ = part_tables(view)
    lifetime = said or asked.lifetime or 0
    return Noisy(filled, base, asked.epsilon, lifetime, spent, bool(exact), tuple(found))


def hand_out_noisy(
    ledger: Ledger, compartment: Compartment, plan: Noisy, lang: str, day: str, out: Path
) -> tuple[Cells, str]:
    """Draw the numbers, sign that they leave, and write them as the new file `out`.

    Returns the cells as they left, and the SHA-256 of the file, in hex.

    Raises:
        OnggiError: `table.refused` where anything stands against it; `table.spent` and the others of
            `plan_noisy` where another table was first; `table.changed` where the record changed meanwhile;
            `vault.anchors.release` for a member who was not granted to release; what `release_table` raises.
    """
    if plan.findings:
        raise OnggiError("table.refused", exit_code=Exit.REFUSED, count=len(plan.findings))
    check_new(out)
    compartment = ledger.vault.compartment(compartment.id)
    require_release(ledger.vault, compartment)
    spec = plan.spec
    cells = _draw_cells(plan)
    data = write_table(spec, cells, lang, day, plan.base, Noise(plan.epsilon, plan.off_by))
    digest = sha256(data).hexdigest()
    said = Tabulated(
        *(spec.unit, spec.rows, spec.k, digest, cells, spec.columns, plan.base),
        epsilon=plan.epsilon,
        lifetime=plan.lifetime,
    )
    note = ledger.make_statement(compartment.id, compartment.id, TABULATED, said)
    with sign_leaving(ledger, compartment, [(Stratum.RECORD, note)], out):
        # As of that commit: of two that both found enough left, the later stays.
        asked = Asked(plan.epsilon, plan.lifetime)
        now = plan_noisy(ledger, compartment, spec, asked, int(day[:4]), base=plan.base, note=note.id)
        if now.findings:
            raise OnggiError(now.findings[0].code, exit_code=Exit.REFUSED, **now.findings[0].values)
        if now.filled != plan.filled:
            raise OnggiError("table.changed", exit_code=Exit.REFUSED)
        ledger.close()
        release_table(data, out)
    return cells, digest


def lay_out_noisy(
    spec: Spec, cells: Cells, lang: str, hidden: str = "·"
) -> tuple[list[str], list[list[str]]]:
    """The headings and lines of a noisy table in words: rows and columns of which something is shown;
    `hidden` stands where a number is not."""
    shown = [(row, column) for row, column, number in cells if number != HIDDEN]
    rows = tuple(dict.fromkeys(row for row, _ in shown))
    columns = tuple(dict.fromkeys(column for _, column, _ in cells if any(column == one for _, one in shown)))
    headings, lines = lay_out_cells(spec, rows, columns, cells, lang, hidden)
    return [say("table.noisy", lang), *headings[1:]], [
        [say("table.noisy_row", lang, kind=kind), *numbers] for kind, *numbers in lines
    ]


def say_spending(plan: Noisy, lang: str) -> list[str]:
    """What noise means here, and what it spends."""
    epsilon, lifetime, left = map(say_epsilon, (plan.epsilon, plan.lifetime, plan.left))
    notes = [
        say("table.counted", lang, unit=say(f"table.unit.{UNIT}", lang)),
        say("table.noisy_means", lang, off_by=plan.off_by, k=plan.spec.k),
        say("table.noisy_spends", lang, epsilon=epsilon, lifetime=lifetime, left=left),
    ]
    return [*notes, say("table.beside_exact", lang)] if plan.exact else notes


def _draw_cells(plan: Noisy) -> Cells:
    """The numbers with their noise; what is below k with it is hidden."""
    keys, k = list(plan.filled.numbers), plan.spec.k
    drawn = add_noise([plan.filled.numbers[key] for key in keys], plan.filled.touched, plan.epsilon)
    return tuple(
        (*key, HIDDEN if number < k else round_number(number, k, plan.base))
        for key, number in zip(keys, drawn, strict=True)
    )


def _read_spent(view: View, note: str) -> tuple[int, int]:
    """The lifetime that the first noisy table said, or 0, and what was spent before this one's note.

    Whether a table stayed inside, or was retracted, makes no difference.
    """
    held = sorted(view.of_property(TABULATED), key=lambda one: one.order)
    before = takewhile(lambda one: one.id != note, held)
    values = [one.statement.value for one in before]
    noisy = [one for one in values if isinstance(one, Tabulated) and one.epsilon]
    return (noisy[0].lifetime if noisy else 0), sum(one.epsilon for one in noisy)


def _judge_spending(
    view: View, compartment: Compartment, asked: Asked, said: int, spent: int
) -> list[Finding]:
    """What stands against spending so much."""
    erased = any(held.statement.subject == compartment.id for held in view.of_property("erased"))
    if erased:
        return [Finding("table.lifetime_erased", "table")]
    if not said and asked.lifetime is None:
        return [Finding("table.lifetime", "table")]
    if said and asked.lifetime not in (None, said):
        return [Finding("table.lifetime_kept", "table", {"lifetime": say_epsilon(said)})]
    lifetime = said or asked.lifetime or 0
    if spent + asked.epsilon > lifetime:
        left = say_epsilon(max(lifetime - spent, 0))
        return [Finding("table.spent", "table", {"left": left, "lifetime": say_epsilon(lifetime)})]
    return []
