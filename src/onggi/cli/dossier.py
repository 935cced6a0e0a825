"""`onggi dossier`: a case for one recipient, redacted, consented to, and verifiable without us."""

from pathlib import Path
from typing import Annotated, Any

import typer

from onggi.cli import opening
from onggi.cli.asking import Because, Compartment, Identity, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.dossier import Dossier
from onggi.cli.help import Command
from onggi.cli.showing import describe_finding, show_findings, show_json, show_line, tell
from onggi.errors import Exit, Finding, OnggiError
from onggi.words import LANGUAGES, language, say
from onggi.words.digits import group_digits

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
    from onggi.dossier.delivery import read_rules
    from onggi.dossier.order import Order
    from onggi.dossier.outward import OPENED
    from onggi.dossier.recipients import find_recipient
    from onggi.dossier.release import check_place

    body = find_recipient(recipient)
    _check_words(lang, bool(out) or dry_run)
    if out is not None:
        check_place(out)
    ledger = opening.unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment)
    view = (
        ledger.open_identity(within, None, because or "", strata=OPENED)
        if identity
        else ledger.view(compartment=within)
    )
    rules = read_rules(
        view, exact=exact, words=words, show=show or (), named=named or (), without=without or ()
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
    done = _Doing(ledger, within, plan_dossier(ledger, view, within, order), out, json)
    if dry_run or done.refused:
        done.end()
    done.prepare()
    done.stamp(tsa or [], request)
    done.hand_over()


class _Doing:
    """One dossier on its way out, and what is said of it at the end."""

    def __init__(self, ledger: Any, compartment: Any, plan: Any, out: Path | None, as_json: bool) -> None:
        from onggi.dossier.delivery import Delivery

        self._ledger = ledger
        self._compartment = compartment
        self._delivery = Delivery(plan)
        self._out = out
        self._json = as_json

    @property
    def refused(self) -> bool:
        """Whether it ends here, whatever anybody takes upon herself."""
        return bool(self._delivery.plan.refused)

    def prepare(self) -> None:
        """Lay it out and sign it; end where something is left, or a second member has to sign."""
        from onggi.dossier.delivery import prepare

        plan, moment = self._delivery.plan, opening.read_clock()
        self._delivery = prepare(self._ledger, self._compartment, plan, moment)
        if self._delivery.stopped:
            self.end()

    def stamp(self, urls: list[str], request: Path | None) -> None:
        """Have the publication stamped, or write the request and end."""
        from onggi.dossier.release import release_request
        from onggi.evidence.timestamp.gather import ask_authorities
        from onggi.evidence.timestamp.request import make_request
        from onggi.evidence.timestamp.send import read_host
        from onggi.evidence.timestamp.stamps import target_anchor

        publication: Any = self._delivery.publication
        target = target_anchor(publication.anchor.text)
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

    def hand_over(self) -> None:
        """Write the bag."""
        from onggi.dossier.delivery import deliver

        if self._out is None:
            raise OnggiError("cli.dossier.nowhere", exit_code=Exit.USAGE)
        self._delivery = deliver(self._ledger, self._compartment, self._delivery, self._out)
        self.end()

    def end(self) -> None:
        """Say what there is to say, and leave with the code that fits."""
        if self._json:
            show_json(self._describe())
        else:
            self._tell()
        raise typer.Exit(Exit.REFUSED if self._delivery.stopped else Exit.WELL)

    @property
    def _findings(self) -> list[Finding]:
        from onggi.dossier.wording import word_finding

        return [word_finding(one, language()) for one in self._delivery.plan.findings]

    def _describe(self) -> Dossier:
        plan, handed = self._delivery.plan, self._delivery.handed
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
            waits=self._delivery.waits or None,
            tokens=handed.tokens if handed else 0,
            anchor=handed.anchor if handed else None,
            fingerprint=handed.fingerprint if handed else None,
        )

    def _tell(self) -> None:
        from onggi.dossier.wording import name_reason

        plan, handed, waits = self._delivery.plan, self._delivery.handed, self._delivery.waits
        data = plan.content.data
        if handed is None:
            show_line(say("cli.dossier.shows", count=len(data.entries), kept=sum(data.withheld.values())))
            for reason, count in sorted(data.withheld.items()):
                show_line(f"{count} × {name_reason(reason, language())}", 4)
            recipient, lang = plan.order.recipient, language()
            for name, text in (("learns", recipient.learning(lang)), ("risks", recipient.risks(lang))):
                if text:
                    show_line(say(f"law.page.{name}", text=text))
            show_findings(self._findings)
        if waits:
            tell("cli.dossier.waits", decision=waits)
        elif plan.refused:
            tell("cli.dossier.refused")
        elif plan.unmet:
            codes = " ".join(f"--accept {code}" for code in dict.fromkeys(one.code for one in plan.unmet))
            tell("cli.dossier.accepting", codes=codes)
        if handed is not None:
            tell("cli.dossier.done", statements=handed.statements, files=handed.files)
            show_line(group_digits(handed.fingerprint))


def _check_words(lang: Many, somewhere: bool) -> None:
    if any(one not in LANGUAGES for one in lang or ()):
        raise OnggiError("cli.dossier.tongue", exit_code=Exit.USAGE)
    if not somewhere:
        raise OnggiError("cli.dossier.nowhere", exit_code=Exit.USAGE)
