"""`onggi dossier`: a case for one recipient, redacted, consented to, and verifiable without us."""

from pathlib import Path
from typing import Annotated, Any

import typer

from onggi.cli import opening
from onggi.cli.asking import Because, Compartment, Identity, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts import Dossier
from onggi.cli.help import Command
from onggi.cli.showing import describe_finding, group_digits, show_findings, show_json, show_line, tell
from onggi.errors import Exit, Finding, OnggiError
from onggi.words import LANGUAGES, language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Many = list[str] | None


@app.command(cls=Command, help=say("cli.dossier.help"))
def dossier(
    vault: VaultPath,
    case: Annotated[str, typer.Argument(metavar="CASE", help=say("cli.dossier.case"), show_default=False)],
    recipient: Annotated[
        str, typer.Option("--for", metavar="RECIPIENT", help=say("cli.dossier.for"), show_default=False)
    ],
    purpose: Annotated[
        str, typer.Option("--purpose", metavar="P", help=say("cli.dossier.purpose"), show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=say("cli.dossier.out"), show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.dossier.dry"))] = False,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation", metavar="NAME", help=say("cli.dossier.organisation"), show_default=False
        ),
    ] = None,
    lang: Annotated[
        Many, typer.Option("--lang", metavar="LANG", help=say("cli.dossier.lang"), show_default=False)
    ] = None,
    exact: Annotated[bool, typer.Option("--exact", help=say("cli.dossier.exact"))] = False,
    words: Annotated[bool, typer.Option("--words", help=say("cli.dossier.words"))] = False,
    show: Annotated[
        Many, typer.Option("--show", metavar="CLASS", help=say("cli.dossier.show"), show_default=False)
    ] = None,
    without: Annotated[
        Many, typer.Option("--without", metavar="WHAT", help=say("cli.dossier.without"), show_default=False)
    ] = None,
    named: Annotated[
        Many, typer.Option("--named", metavar="CODE", help=say("cli.dossier.named"), show_default=False)
    ] = None,
    items: Annotated[bool, typer.Option("--items/--no-items", help=say("cli.dossier.items"))] = True,
    accept: Annotated[
        Many, typer.Option("--accept", metavar="FINDING", help=say("cli.dossier.accept"), show_default=False)
    ] = None,
    tsa: Annotated[
        Many, typer.Option("--tsa", metavar="URL", help=say("cli.timestamp.tsa"), show_default=False)
    ] = None,
    request: Annotated[
        Path | None,
        typer.Option("--request", metavar="FILE", help=say("cli.timestamp.request"), show_default=False),
    ] = None,
    identity: Identity = False,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Plan a dossier, say what stands against it, and hand it over."""
    from onggi.dossier.build import plan_dossier
    from onggi.dossier.order import Order
    from onggi.dossier.recipients import find_recipient
    from onggi.dossier.redact import Rules
    from onggi.dossier.release import check_place

    body = find_recipient(recipient)
    _check_words(lang, bool(out) or dry_run)
    if out is not None:
        check_place(out)
    ledger = opening.unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment)
    view = (
        ledger.open_identity(within, None, because or "", strata=("identity",))
        if identity
        else ledger.view(compartment=within)
    )
    rules = Rules(
        exact=exact,
        show=frozenset(show or ()),
        words=words,
        named=frozenset(view.find(one) for one in named or ()),
        without=frozenset(_find_without(view, one) for one in without or ()),
    )
    order = Order(
        case,
        body,
        organisation,
        purpose,
        tuple(dict.fromkeys(lang or [language()])),
        opening.today(),
        rules,
        items,
        frozenset(accept or ()),
        because,
    )
    plan = plan_dossier(ledger, view, within, order)
    done = _Doing(ledger, within, plan, out, json)
    if dry_run or plan.refused:
        done.end()
    done.lay_out()
    done.take_risks()
    done.stamp(tsa or [], request)
    done.hand_over()


class _Doing:
    """One dossier on its way out, and what is said of it at the end."""

    def __init__(self, ledger: Any, compartment: Any, plan: Any, out: Path | None, as_json: bool) -> None:
        self._ledger = ledger
        self._compartment = compartment
        self._plan = plan
        self._out = out
        self._json = as_json
        self._waits = ""
        self._handed: Any = None

    def lay_out(self) -> None:
        """Everything that would be handed over, while what it is made from is open."""
        from onggi.dossier.build import lay_out

        self._layout = lay_out(self._ledger, self._compartment, self._plan, opening.read_clock())

    def take_risks(self) -> None:
        """Sign what is accepted; end where something is left, or a second member has to sign."""
        from onggi.dossier.build import take_risks

        if self._plan.order.accepts:
            self._plan, self._waits = take_risks(self._ledger, self._compartment, self._plan)
        if self._plan.unmet or self._waits:
            self.end()

    def stamp(self, urls: list[str], request: Path | None) -> None:
        """Sign the publication, have it stamped, and end where there are too few stamps and nobody minds."""
        from onggi.dossier.build import need_stamps, sign_layout
        from onggi.dossier.release import release_request
        from onggi.evidence.timestamp.gather import ask_authorities
        from onggi.evidence.timestamp.request import make_request
        from onggi.evidence.timestamp.send import read_host
        from onggi.evidence.timestamp.stamps import target_anchor

        self._publication, self._layout = sign_layout(self._ledger, self._compartment, self._layout)
        target = target_anchor(self._publication.anchor.text)
        if request is not None:
            release_request(make_request(target.stamped, target.algorithm, opening.randomness).raw, request)
            tell("cli.timestamp.carries")
            self.end()
        for url in urls:
            tell("cli.timestamp.reveals", host=read_host(url))
        if urls:
            vault = self._ledger.vault
            place = vault.compartment(self._compartment.id)
            show_findings(ask_authorities(vault, place, [target], urls, opening.read_clock()).findings)
        self._plan = need_stamps(self._ledger, self._compartment, self._plan, self._publication)
        if self._plan.unmet:
            self.end()

    def hand_over(self) -> None:
        """Write the bag."""
        from onggi.dossier.build import hand_over

        if self._out is None:
            raise OnggiError("cli.dossier.nowhere", exit_code=Exit.USAGE)
        self._handed = hand_over(
            self._ledger, self._compartment, self._plan, self._layout, self._publication, self._out
        )
        self.end()

    def end(self) -> None:
        """Say what there is to say, and leave with the code that fits."""
        if self._json:
            show_json(self._describe())
        else:
            self._tell()
        unmet = bool(self._plan.unmet) or bool(self._waits)
        raise typer.Exit(Exit.REFUSED if unmet else Exit.WELL)

    @property
    def _findings(self) -> list[Finding]:
        from onggi.dossier.wording import word_finding

        return [word_finding(one, language()) for one in self._plan.findings]

    def _describe(self) -> Dossier:
        plan, handed = self._plan, self._handed
        unmet = {(one.code, one.where) for one in plan.unmet}
        return Dossier(
            written=handed is not None,
            bag=str(self._out) if handed else None,
            plan=plan.hash,
            recipient=plan.order.recipient.id,
            purpose=plan.order.purpose,
            shown=len(plan.content.data.entries),
            withheld=dict(plan.content.data.withheld),
            persons=[plan.matter.call(one) for one in plan.persons] if not handed else [],
            findings=[
                {**describe_finding(one), "grave": one.grave, "met": (one.code, one.where) not in unmet}
                for one in self._findings
            ],
            waits=self._waits or None,
            tokens=handed.tokens if handed else 0,
            anchor=handed.anchor if handed else None,
            fingerprint=handed.fingerprint if handed else None,
        )

    def _tell(self) -> None:
        plan, data = self._plan, self._plan.content.data
        if self._handed is None:
            show_line(say("cli.dossier.shows", count=len(data.entries), kept=sum(data.withheld.values())))
            for reason, count in sorted(data.withheld.items()):
                show_line(f"{count} × {_name_reason(reason)}", 4)
            recipient, lang = plan.order.recipient, language()
            for name, text in (("learns", recipient.learning(lang)), ("risks", recipient.risks(lang))):
                if text:
                    show_line(say(f"law.page.{name}", text=text))
            show_findings(self._findings)
        if self._waits:
            tell("cli.dossier.waits", decision=self._waits)
        elif plan.refused:
            tell("cli.dossier.refused")
        elif plan.unmet:
            codes = " ".join(f"--accept {code}" for code in dict.fromkeys(one.code for one in plan.unmet))
            tell("cli.dossier.accepting", codes=codes)
        if self._handed is not None:
            tell("cli.dossier.done", statements=self._handed.statements, files=self._handed.files)
            show_line(group_digits(self._handed.fingerprint))


def _check_words(lang: Many, somewhere: bool) -> None:
    if any(one not in LANGUAGES for one in lang or ()):
        raise OnggiError("cli.dossier.tongue", exit_code=Exit.USAGE)
    if not somewhere:
        raise OnggiError("cli.dossier.nowhere", exit_code=Exit.USAGE)


def _find_without(view: Any, written: str) -> str:
    """What is meant by `--without`: a property, a reason class, or an entity or statement by id or code."""
    from onggi.model.vocabulary import load_properties, load_vocabulary

    if written in load_properties() or written in load_vocabulary("redaction_classes").terms:
        return written
    found: str = view.find(written)
    return found


def _name_reason(reason: str) -> str:
    from onggi.model.vocabulary import find_term

    term = find_term("redaction_classes", reason)
    return term.labels[language()] if term else reason
