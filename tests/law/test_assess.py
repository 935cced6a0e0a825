"""All of it at once, with work that grows with the facts alone, and the same again."""

import gc
from datetime import date

import pytest
from tests.counting import count_calls
from tests.law.invented import Told, on, year

from onggi.law.assess import Assessed, assess_facts
from onggi.law.shelf import Shelf, open_shelf
from onggi.law.tasks import Task
from onggi.law.telling import say_note, say_span
from onggi.words import LANGUAGES

TODAY = date(2026, 6, 1)


def take() -> Shelf:
    shelf, findings = open_shelf()
    assert shelf is not None, findings
    return shelf


def assess(told: Told) -> Assessed:
    return assess_facts(told.facts(), TODAY, take())


def tell_many(victims: int, perpetrators: int, acts: int = 400) -> Told:
    """Acts of several kinds, dated to the year, some by nobody who is recorded."""
    kinds = ("beating", "sale", "confinement", "forced_labour", "rape")
    told = Told()
    for number in range(acts):
        by = f"by{number % perpetrators}" if number % 7 else None
        told.act(
            f"act{number}",
            kinds[number % 5],
            victim=f"v{number % victims}",
            by=by,
            date=year(2005 + number % 20),
        )
    return told


@pytest.mark.parametrize(("victims", "perpetrators"), [(1, 1), (50, 30), (800, 800)])
def test_twice_the_acts_are_about_twice_the_work(victims: int, perpetrators: int) -> None:
    def count(acts: int) -> int:
        facts, shelf = tell_many(victims, perpetrators, acts).facts(), take()
        return count_calls(lambda: assess_facts(facts, TODAY, shelf))

    assert count(800) < 2.5 * count(400)


def test_the_collector_is_left_as_it_was() -> None:
    assess(Told())
    assert gc.isenabled()
    gc.disable()
    try:
        assess(Told())
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_same_facts_in_another_order_give_the_same_answer() -> None:
    told = tell_many(3, 2)
    told.items = told.items[:400]
    one = assess(told)
    told.items = told.items[::-1]
    other = assess(told)
    assert [(a.norm.id, a.elements, b) for a, b in one.suggestions] == [
        (a.norm.id, a.elements, b) for a, b in other.suggestions
    ]


def test_nothing_recorded_gives_nothing_and_fails_nowhere() -> None:
    found = assess(Told())
    assert not any((found.suggestions, found.tasks, found.timers, found.responses))
    assert len(found.avenues) == 31


def test_every_gap_is_a_task_safe_evidence_first() -> None:
    found = assess(Told().act("killing", "killing"))
    gaps = [
        (one.norm.id, weighed.element.id)
        for one, _ in found.suggestions
        for weighed in one.elements
        if weighed.state != "supported"
    ]
    assert [(task.suggestion.norm.id, task.weighed.element.id) for task in found.tasks] == gaps
    for task in found.tasks:
        dangers = [kind.danger for kind in task.evidence]
        assert dangers == sorted(dangers)


def test_nobody_is_sent_to_ask_the_dead() -> None:
    def kinds(told: Told) -> set[str]:
        return {one.id for task in assess(told).tasks for one in task.evidence}

    told = Told().act("sale", "sale").act("held", "confinement")
    assert "testimony_victim" in kinds(told)
    assert "testimony_victim" in kinds(told.say("her", "victim_status", "dead", denies=True))
    assert "testimony_victim" not in kinds(told.say("her", "victim_status", "dead"))
    assert all(task.evidence for task in assess(told).tasks)


def test_a_contradiction_is_a_task_too() -> None:
    told = Told().act("killing", "killing").say("her", "victim_status", "dead", denies=True)
    task: Task = next(task for task in assess(told).tasks if task.weighed.element.id == "death")
    assert task.reason == "contradicted"


def test_a_response_is_a_file_of_its_own() -> None:
    told = Told().act("killing", "killing").say("him", "confessed_to", "killing")
    told.say("police", "kind", "intervention").say("police", "responds_to", "killing")
    told.say("police", "intervention_type", "police_action").say("police", "response", "suspect_released")
    response = assess(told).responses[0]
    assert {one.element.id: one.state for one in response.elements} == {
        "knowledge": "supported",
        "duty": "supported",
        "omission": "supported",
    }
    silent = Told().act("killing", "killing").say("letter", "responds_to", "killing")
    silent.say("letter", "kind", "intervention").say("letter", "intervention_type", "documentation")
    assert assess(silent).responses[0].elements[0].state == "not_known"


def test_a_qualification_under_a_norm_that_is_not_here_is_told() -> None:
    told = Told().act("killing", "killing").say("killing", "qualified_as", "XX-1")
    assert assess(told).unknown_norms == ("XX-1",)


def test_every_sentence_can_be_said_in_three_languages() -> None:
    told = tell_many(2, 2).say("v0", "left_on", span=year(2008)).act("k", "killing", victim="v1")
    told.say("call", "kind", "intervention").say("call", "responds_to", "act0")
    told.say("call", "intervention_type", "complaint").say("call", "response", "downgraded")
    told.say("by0", "perpetrator_status", "fled").say("call", "date", span=on("2020-01-01"))
    told.items = told.items[-4000:]
    shelf = take()
    for _, limit in assess(told).suggestions:
        notes = [*limit.assumptions, *limit.would_change]
        notes += [note for reading in limit.readings for note in reading.assumptions]
        for lang in LANGUAGES:
            assert all(say_note(note, lang, shelf.norms) for note in notes)
            assert all(say_span(reading.lapses, lang) for reading in limit.readings)
