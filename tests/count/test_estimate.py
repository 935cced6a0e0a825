"""The whole answer: when there is a number, when only "at least", when nothing; and its page in three
languages."""

from dataclasses import replace
from shutil import which

import numpy as np
import pytest
from tests.count.populations import LISTS, count_some, draw_classes, draw_plain
from tests.paper.test_pdf import read_text

from onggi.count.answer import Answer
from onggi.count.cells import count_rows, gather_cells
from onggi.count.estimate import estimate, estimate_listed
from onggi.count.graphs import average_graphs
from onggi.count.known import estimate_known
from onggi.count.linkage import mix_replicates, sway_linkage
from onggi.count.listed import Listed
from onggi.count.population import Population
from onggi.count.report import write_report
from onggi.count.telling import say_assumption, say_bound, say_status
from onggi.errors import Finding
from onggi.paper.html import make_html
from onggi.paper.pdf import make_pdf
from onggi.words import LANGUAGES, say

SOME = count_some("100:30 010:30 001:30 110:10 101:10 011:10 111:5")


@pytest.fixture(scope="module")
def plain() -> Answer:
    """Of people who are all alike, 2,000 of them."""
    return estimate(draw_plain(2000, [0.35, 0.3, 0.25, 0.3], seed=5), Population(), 1, threads=2)


def test_all_models_stand_side_by_side(plain: Answer) -> None:
    assert plain.status == "estimate"
    assert [model.name for model in plain.models] == ["latent_class", "graphs", "bayes_threshold", "bic"]
    for model in plain.models:
        assert model.low is not None and model.median is not None and model.high is not None
        assert model.low <= model.median <= model.high
    assert plain.envelope is not None and plain.lower_bound is not None and plain.cells is not None
    lows = [model.low for model in plain.models if model.low is not None]
    highs = [model.high for model in plain.models if model.high is not None]
    assert plain.envelope == (min(lows), max(highs))
    assert plain.envelope[0] <= 2000 <= plain.envelope[1]
    assert plain.cells.people <= plain.lower_bound <= plain.envelope[0]


def test_the_panel_holds_every_setting(plain: Answer) -> None:
    settings = [row.setting for row in plain.panel]
    for delta in ("2^-L", "0.5", "1"):
        assert f"graphs delta={delta}" in settings
    for classes in (5, 10, 20):
        assert f"latent_class classes={classes}" in settings
    assert {"bic highest_order=1/2", "bic highest_order=2", "bayes_threshold order=2"} <= set(settings)


def test_each_list_is_tried_against_the_others(plain: Answer) -> None:
    assert [one.name for one in plain.known] == list(LISTS[:4])
    assert sum(one.covered is True for one in plain.known) >= 3


def test_what_misses_most_of_what_is_known_is_a_lower_bound() -> None:
    odds = [[0.5, 0.4, 0.45, 0.5], [0.12, 0.1, 0.15, 0.1]]
    cells, _ = draw_classes(3000, [0.4, 0.6], odds, seed=2)
    answer = estimate(cells, Population(), 1, threads=2)
    assert sum(one.covered is False for one in answer.known) > 2
    assert answer.status == "lower_bound" and answer.lower_bound is not None and answer.lower_bound < 3000
    assert "count.flag.misses" in [finding.code for finding in answer.findings]


def test_three_lists_are_tried_two_against_one() -> None:
    cells = draw_plain(3000, [0.4, 0.35, 0.3], seed=2)
    known = list(estimate_known(cells, 1))
    assert [(one.size, one.covered) for one in known] == [(size, True) for size in cells.sizes]
    told = [replace(known[0], high=known[0].size - 1), known[1], replace(known[2], low=None, high=None)]
    answer = Answer("estimate", (), cells, known=tuple(told))
    for lang in LANGUAGES:
        html = make_html(write_report(answer, lang, seed=1, version="0")).decode()
        assert all(say(f"count.known.{held}", lang) in html for held in ("yes", "no", "none"))


def test_of_two_lists_within_each_other_there_is_no_range() -> None:
    known = list(estimate_known(count_some("100:100 010:90 001:40 110:30 101:20 111:8"), 1))
    assert [one.covered is None for one in known] == [False, True, True]


def test_lists_that_have_nobody_of_another_say_nothing_of_it() -> None:
    cells = draw_plain(3000, [0.4, 0.35, 0.3, 0.35], seed=2)
    seen = zip(cells.patterns, cells.counts, strict=True)
    wider = gather_cells(LISTS[:5], [*seen, (1 << 4, 40)])
    known = {one.name: one for one in estimate_known(wider, 1)}
    assert all(known[name].covered for name in LISTS[:4]) and known[LISTS[4]].covered is None


def test_what_the_panel_cannot_agree_on_is_a_lower_bound() -> None:
    # Thin overlaps: how heavy a cell is beforehand decides everything.
    cells = draw_plain(40_000, [0.02, 0.03, 0.025, 0.02, 0.015], seed=3)
    answer = estimate(cells, Population(), 1, threads=2)
    assert answer.status == "lower_bound"
    assert "count.flag.wide" in [finding.code for finding in answer.findings]
    for lang in LANGUAGES:
        assert str(answer.lower_bound) in say_status(answer, lang)
        assert answer.envelope is not None and str(answer.envelope[1]) not in say_status(answer, lang)
    # Truth is 40,000, and settings of the panel lie below what is said; that is told, with its condition.
    (told,) = [finding for finding in answer.findings if finding.code == "count.flag.below"]
    least = min(row.median for row in answer.panel)
    assert answer.lower_bound is not None and least == int(told.values["low"]) < answer.lower_bound <= 40_000
    bare = replace(answer, lower_bound=cells.people)
    assert say_status(bare, "en") == say("count.status.documented", "en", documented=cells.people)


def test_a_shut_gate_runs_no_model() -> None:
    answer = estimate(count_some("10:60 01:40 11:20"), Population(), 1)
    assert (answer.status, answer.models, answer.panel, answer.envelope) == ("refused", (), (), None)
    assert answer.lower_bound is not None and answer.lower_bound > 120
    for lang in LANGUAGES:
        assert say_bound(answer, lang) == say("count.bound.two", lang, bound=answer.lower_bound)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bound_of_those_documented_is_not_said_twice(lang: str) -> None:
    answer = estimate(count_some("100:41 010:25 001:30"), Population(), 1)
    assert say_status(answer, lang) == say("count.status.documented", lang, documented=96)


def test_a_model_that_did_not_mix_has_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    from onggi.count import latent
    from onggi.count.diagnostics import Mixing

    def fail(cells: object, *_: object, **__: object) -> latent.Drawn:
        return latent.Drawn(np.full((4, 100), 900.0), Mixing(float("inf"), 3.0))

    monkeypatch.setattr(latent, "draw_latent", fail)
    answer = estimate(count_some("100:41 010:25 001:30 110:14 101:9 011:8 111:5"), Population(), 1)
    first = answer.models[0]
    assert (first.median, first.low, first.high, first.rhat, first.ess) == (None, None, None, None, 3)
    assert "count.flag.mixing" in [finding.code for finding in answer.findings]
    assert not any(row.setting.startswith("latent") for row in answer.panel)


def test_one_seed_gives_one_answer() -> None:
    cells = count_some("100:41 010:25 001:30 110:14 101:9 011:8 111:5")
    assert estimate(cells, Population(), 4, threads=1) == estimate(cells, Population(), 4, threads=3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_has_its_range_and_its_assumption(plain: Answer, lang: str) -> None:
    assert plain.envelope is not None
    said = say_status(plain, lang)
    assert all(str(end) in said for end in plain.envelope)
    assert say("count.item.fed_by", lang) in say_assumption(plain, lang)
    declared = replace(plain, population=Population(said=frozenset({"fed_by"})))
    assert say("count.item.fed_by", lang) not in say_assumption(declared, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_can_be_set(plain: Answer, lang: str) -> None:
    document = write_report(plain, lang, seed=1, version="0")
    assert make_pdf(document) == make_pdf(document)
    html = make_html(document).decode()
    assert plain.envelope is not None and str(plain.envelope[1]) in html
    refused = estimate(count_some("10:60 01:40 11:20"), Population(), 1)
    assert (
        say("count.gate.lists", lang, lists=2)
        in make_html(write_report(refused, lang, seed=1, version="0")).decode()
    )
    of = replace(refused, population=Population("people sent back", "three counties", window=(2005, 2010)))
    page = make_html(write_report(of, lang, seed=1, version="0")).decode()
    assert say("count.report.of", lang, people="people sent back · 2005–2010 · three counties") in page


@pytest.mark.skipif(which("pdftotext") is None, reason="no other program to count pages")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_stands_on_one_page(plain: Answer, lang: str) -> None:
    told = [Finding("count.flag.together", "", {"lists": f"list {one} + list {two}"}, grave=False)
            for one in range(5) for two in range(one)]  # fmt: skip
    full = replace(plain, findings=(*plain.findings, *told))
    sheet = write_report(full, lang, seed=1, version="0", sheet=True)
    assert read_text(make_pdf(sheet)).count("\f") == 1


# --------------------------------------------------------------------------------------------------- links


def test_missed_links_make_the_number_too_high_and_a_declared_recall_takes_that_back() -> None:
    dice = np.random.default_rng(8)
    _, rows = draw_classes(3000, [1.0], [[0.4, 0.35, 0.3]], seed=8)
    split = []
    for row in rows:
        on = np.flatnonzero(row)
        if len(on) > 1 and dice.random() > 0.8:  # this person was not recognised
            for at in on:
                split.append(np.eye(3, dtype=np.int64)[at])
        elif len(on):
            split.append(row)
    cells = count_rows("abc", np.array(split))
    raw = mix_replicates("abc", [np.array(split)]).median
    swayed = sway_linkage(cells, Population(linkage_recall=0.8))
    assert swayed is not None and swayed.people < cells.people
    corrected = average_graphs(swayed).find_quantile(0.5)
    assert abs(corrected - 3000) < abs(raw - 3000) and raw > 3300


def test_replicates_that_differ_widen_the_range() -> None:
    _, rows = draw_classes(1000, [1.0], [[0.4, 0.35, 0.3]], seed=1)
    _, others = draw_classes(1400, [1.0], [[0.4, 0.35, 0.3]], seed=2)
    one, both = mix_replicates("abc", [rows, rows]), mix_replicates("abc", [rows, others])
    assert both.high - both.low > 2 * (one.high - one.low)
    assert both.medians[0] < both.median < both.medians[1]


def test_nothing_declared_changes_nothing() -> None:
    assert sway_linkage(count_some("100:4 110:2"), Population()) is None


def test_a_list_too_small_for_the_others_is_refused_not_guessed() -> None:
    cells = count_some("1000:200 0100:150 0010:180 1100:60 1010:70 0110:30 0001:9 1111:1 1110:20")
    known = {one.name: one for one in estimate_known(cells, 1)}
    assert known["west"].covered is None


@pytest.mark.parametrize(
    ("listed", "declared", "codes"),
    [
        (Listed(None, (Finding("count.table.header", "line 1"),)), Population(), ["count.table.header"]),
        (Listed(SOME), Population(fed_by={"north": ("lake",)}), ["count.declared.list"]),
        (Listed(SOME, fed_by={"north": ("south",)}), Population(), ["count.gate.fed"]),
    ],
)
def test_what_was_found_before_it_was_counted_refuses(
    listed: Listed, declared: Population, codes: list[str]
) -> None:
    answer = estimate_listed(listed, declared, 1)
    assert answer.status == "refused" and not answer.models
    assert [one.code for one in answer.findings if one.grave] == codes


def test_what_was_told_of_a_table_stands_first() -> None:
    told = Finding("count.flag.repeated", "", {"count": 2}, grave=False)
    answer = estimate_listed(Listed(SOME, (told,)), Population(fed_by={"north": ("south",)}), 1)
    assert answer.findings[0] == told and len(answer.findings) > 1
