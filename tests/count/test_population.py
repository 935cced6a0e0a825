"""What is declared is read strictly: a slip would otherwise be an assumption nobody made."""

import pytest

from onggi.count.population import DECLARED, Population, check_keys, check_lists, read_population

LISTS = ("camp", "clinic", "court")
WHOLE = """
population = "people sent back"
window = "2005..2010"
place = "three counties"
impossible_overlaps = [["camp", "court"]]
linkage_recall = 0.9
linkage_false_merge = 0.01
[list_years]
camp = "2004-2010"
clinic = [2006, 2007]
[fed_by]
court = "clinic"
"""


def test_a_whole_declaration() -> None:
    found, wrong = read_population(WHOLE)
    assert wrong == check_lists(found, LISTS) == [] and found.missing == ()
    assert found.window == (2005, 2010) and found.list_years == {"camp": (2004, 2010), "clinic": (2006, 2007)}
    assert found.impossible_overlaps == (("camp", "court"),) and found.fed_by == {"court": ("clinic",)}
    assert (found.linkage_recall, found.linkage_false_merge) == (0.9, 0.01)


def test_what_is_said_of_a_vault_is_no_word_on_a_table() -> None:
    found, _ = read_population("within = 'CN-210100'\nlists = {camp = ['S-0000000']}")
    assert [(one.code, one.where, one.grave) for one in check_keys(found)] == [
        ("count.declared.vault", "lists", True),
        ("count.declared.vault", "within", True),
    ]
    assert check_keys(read_population(WHOLE)[0]) == []


def test_nothing_declared_is_all_missing() -> None:
    assert read_population("") == (Population(), [])
    assert Population().missing == DECLARED


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("population = [", "count.declared.toml", "line 1"),
        ("place = 'x'\nwindow 3", "count.declared.toml", "line 2"),
        ("populaton = 'x'", "count.declared.key", ""),
        ("population = 3", "count.declared.value", "population"),
        ("population = ''", "count.declared.value", "population"),
        ("window = '2010..2005'", "count.declared.value", "window"),
        ("window = 'recently'", "count.declared.value", "window"),
        ("linkage_recall = 0", "count.declared.value", "linkage_recall"),
        ("linkage_recall = 95", "count.declared.value", "linkage_recall"),
        ("linkage_false_merge = true", "count.declared.value", "linkage_false_merge"),
        ("fed_by = 'camp'", "count.declared.value", "fed_by"),
        ("fed_by = {camp = 'camp'}", "count.declared.value", "fed_by"),
        ("impossible_overlaps = [['camp']]", "count.declared.value", "impossible_overlaps"),
        ("impossible_overlaps = [['camp', 'camp']]", "count.declared.value", "impossible_overlaps"),
        ("list_years = 3", "count.declared.value", "list_years"),
        ("lists = {camp = []}", "count.declared.value", "lists"),
        ("lists = {camp = 'S-0000000'}", "count.declared.value", "lists"),
    ],
)
def test_what_is_no_declaration(text: str, code: str, where: str) -> None:
    found, wrong = read_population(text)
    assert check_lists(found, LISTS) == []
    assert [(finding.code, finding.where) for finding in wrong] == [(code, where)]


@pytest.mark.parametrize(
    "text",
    [
        "fed_by = {camp = 'church'}",
        "fed_by = {church = ['camp', 'court']}",
        "list_years = {church = 2005}",
        "impossible_overlaps = [['camp', 'church']]",
    ],
)
def test_a_list_that_is_not_there(text: str) -> None:
    found, right = read_population(text)
    (wrong,) = check_lists(found, LISTS)
    assert right == [] and wrong.code == "count.declared.list" and "church" not in str(wrong)
