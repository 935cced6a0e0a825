"""Estimates in the app: counted as a job, never one number alone, refused in words, withdrawn."""

import re
from typing import Any

import pytest
from tests.cli.test_count_vault import (
    CELLS,
    DECLARED,
    DRAW,
    NAMES,
    bench,
    cheap_passphrases,
    ledger,
    template,
)
from tests.ledger.invented import append, id_of, record, state
from tests.web.visiting import House, Visitor

from onggi.count import latent, working
from onggi.count.telling import list_reasons
from onggi.ledger.estimates import list_estimates
from onggi.ledger.ledger import Ledger
from onggi.model.stratum import Stratum
from onggi.vault.desk import read_desk
from onggi.web.estimated import Outcome
from onggi.web.jobs import Stopped
from onggi.words import LANGUAGES, say

__all__ = ["bench", "cheap_passphrases", "ledger", "template"]

PEOPLE = sum(CELLS.values())


@pytest.fixture
def member(ledger: Ledger) -> Visitor:
    return Visitor(House(ledger))


def finish(visitor: Visitor, path: str) -> str:
    """The path of the page that a job ends with."""
    jobs = visitor.house.desk.jobs
    job = jobs.find(path.rpartition("/")[2])
    assert job is not None
    jobs._thread.submit(int).result()
    assert job.state == "done", job
    return job.path


def count(visitor: Visitor, **fields: str) -> str:
    """The page of what came of it."""
    answer = visitor.post("/numbers/count", fields)
    assert answer.status == 303, answer.text[-1500:]
    return finish(visitor, answer.headers["location"])


def group(visitor: Visitor, *names: str) -> dict[str, str]:
    """The fields of the form's sources, in the order in which it offers them."""
    fields = re.findall(r'name="(list-[^"]+)"', visitor.get("/numbers/count").text)
    return dict(zip(fields, names, strict=True))


def test_it_is_counted_recorded_and_withdrawn(member: Visitor) -> None:
    assert "No estimate stands" in member.get("/numbers").text
    path = count(member, population="INVENTED: people sold", **group(member, "A", "B", "C"))
    assert member.get(path).status == 200
    ((held, one),) = list_estimates(member.house.ledger.view())
    assert one.lo is not None and one.hi is not None and one.lo < one.hi and one.seen == PEOPLE
    for tongue in LANGUAGES:
        page = member.get(path, accept_language=tongue).text
        assert f"{one.lo}" in page and f"{one.hi}" in page
        assert say("count.assumption", tongue) in page and "<svg" in page
        assert (
            say("web_numbers.recorded", tongue) in page and say("web_overlaps.unrecorded", tongue) not in page
        )
        assert "/numbers/lists" not in page
        assert page.count("</tr>") >= 4 + 3 + 2, "the models, the lists of known size, and their heads"
    standing = member.get("/numbers").text
    assert str(one.lo) in standing and str(one.hi) in standing
    assert say("count.assumption", "en") in standing
    refused = member.post("/numbers/withdraw", {"estimate": held.id, "because": " "})
    assert refused.status == 422 and "needs a reason" in refused.text and "--because" not in refused.text
    done = member.post("/numbers/withdraw", {"estimate": held.id, "because": "wrong lists"})
    assert done.status == 303, done.text[-1500:]
    assert "Withdrawn" in member.get(done.headers["location"]).text
    assert not list_estimates(member.house.ledger.view())


def test_draws_open_identity_for_a_reason_and_show_nobody(member: Visitor) -> None:
    house = member.house
    named = [
        state(f"n{one}", "name", "리영희" if one < 3 else NAMES[one], f"p{one}") for one in range(1, 132)
    ]
    append(house.ledger, *record(*named, stratum=Stratum.IDENTITY))
    asked = {"population": "INVENTED", **group(member, "A", "B", "C")}

    def signed() -> int:
        return len(house.ledger.read_on(house.ledger.vault.compartment()).live_of("read_identity"))

    for fields, where in (({"draws": "7", "reason": "x"}, "#draws"), ({"draws": "20"}, "#reason")):
        refused = member.post("/numbers/count", {**asked, **fields})
        assert refused.status == 422 and f'href="{where}"' in refused.text
    assert signed() == 0
    path = count(member, **asked, draws="20", reason="an estimate")
    house.ledger.vault.load()
    house.ledger.close()
    assert signed() == 1 and house.desk.identity.signed is None
    page = member.get(path).text
    assert "리영희" not in page
    kept = house.desk.orders.find(path.rpartition("/")[2], "numbers")
    assert kept is not None and isinstance(kept.outcome, Outcome)
    assert "count.flag.replicates" in {one.code for one in list_reasons(kept.outcome.answer)}


def stop(*_: Any) -> None:
    raise Stopped


def draw_but_not_default(*arguments: Any, **named: Any) -> Any:
    assert "classes" in named, "this stage was done before it was stopped"
    return DRAW(*arguments, **named)


def test_a_count_that_was_stopped_goes_on_from_the_desk(
    member: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it was cut short by: a page, a lock, a power cut; and it comes to the same."""
    asked = {"population": "INVENTED: people sold", **group(member, "A", "B", "C")}
    member.get(count(member, **asked))
    ((held, whole),) = list_estimates(member.house.ledger.view())
    member.post("/numbers/withdraw", {"estimate": held.id, "because": "to count again"})
    with monkeypatch.context() as patch:
        patch.setattr(working, "select_model", stop)
        job = member.post("/numbers/count", asked).headers["location"]
        member.house.desk.jobs._thread.submit(int).result()
        assert say("web_jobs.state.stopped") in member.get(job).text
    assert b"latent" in read_desk(member.house.ledger.vault)
    with monkeypatch.context() as patch:
        patch.setattr(latent, "draw_latent", draw_but_not_default)
        page = member.get(count(member, **asked)).text
    assert say("web_numbers.goes_on", count=5) in page
    ((_, again),) = list_estimates(member.house.ledger.view())
    assert again == whole and b"latent" not in read_desk(member.house.ledger.vault)


def test_two_lists_are_refused_in_words_and_nothing_is_recorded(member: Visitor) -> None:
    page = member.get(count(member, population="INVENTED", **group(member, "A", "A", "B"))).text
    assert say("count.gate.lists", "en", lists=2) in page and say("count.gate.lists.hint", "en") in page
    assert "Nothing was recorded" in page and "at least" in page and "<svg" in page
    assert not list_estimates(member.house.ledger.view())


def test_a_declaration_may_be_pasted(member: Visitor) -> None:
    text = DECLARED.format(*map(id_of, "abc")) + '[fed_by]\nA = "B"\n'
    page = member.get(count(member, declared=text)).text
    assert say("count.gate.fed", "en", lists="A", by="B") in page


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "population"),
        ({"population": "INVENTED", "window": "long ago"}, "window"),
        ({"population": "INVENTED", "within": "Nowhere at all"}, "within"),
        ({"population": "INVENTED", "seed": "-1"}, "seed"),
        ({"declared": "no = toml ="}, "declared"),
        ({"declared": '[lists]\nA = ["S-0000000"]'}, "declared"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(member: Visitor, fields: dict[str, str], where: str) -> None:
    answer = member.post("/numbers/count", fields)
    assert answer.status == 422
    assert f'href="#{where}"' in answer.text and f'id="{where}"' in answer.text
    assert not member.house.desk.jobs.all()


def test_a_place_is_found_by_its_name_in_any_language(member: Visitor) -> None:
    for typed in ("Liaoning", "랴오닝성", "辽宁省"):
        page = member.get(count(member, population="INVENTED", within=typed)).text
        assert say("count.gate.models", "en") not in page
        assert "Liaoning" in page, "the place that was understood is said"


def test_what_is_not_kept_is_not_there(member: Visitor) -> None:
    for path in ("/numbers/answer/" + "0" * 32, "/numbers/table/x"):
        assert member.get(path).status == 404
