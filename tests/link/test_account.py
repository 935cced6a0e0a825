"""The page of a vault holds codes, levels and weights, and nothing of anybody."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.link.vault import person, strangers, suggest

from onggi.dossier.release import release_suggestions
from onggi.errors import Finding, OnggiError
from onggi.link.account import Account, is_coded, make_account, write_account
from onggi.link.order import Look
from onggi.model.likeness import Trait
from onggi.paper.html import make_html
from onggi.words import LANGUAGES

HERS = {"sex": "female", "born": "1987", "left": "2011", "home": "KP-09"}
NAMES = ("리영희", "Ri Yong Hui")


@pytest.fixture(scope="module")
def account() -> Account:
    said = [*person("a", NAMES[0], **HERS), *person("b", NAMES[1], **HERS), *strangers(10)]
    suggested = suggest(*said)
    assert suggested.found
    return make_account(suggested, lambda id: f"P-{id[:7].upper()}", "0.1.0", "duckdb", 100)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_names_nobody_and_no_place_or_year(account: Account, lang: str) -> None:
    assert is_coded(account)
    page = make_html(write_account(account, lang)).decode()
    assert account.pairs[0].a in page and account.pairs[0].traits[0].weight in page
    assert not any(told in page for told in (*NAMES, "영희", "1987", "2011", "KP-09", "Hamgyong"))
    assert "<script" not in page and "http:" not in page.replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    "changed",
    [
        {"a": "리영희"},
        {"b": "Ri Yong Hui"},
        {"traits": (Trait("name", "리영희", "+2.00"),)},
        {"traits": (Trait("name", "Ri Yong Hui", "+2.00"),)},
        {"traits": (Trait("village", "equal", "+2.00"),)},
        {"traits": (Trait("sex", "same", "1987"),)},
        {"traits": (Trait("birth_year", "1987", "+2.00"),)},
    ],
)
def test_anything_else_does_not_leave(account: Account, tmp_path: Path, changed: dict[str, object]) -> None:
    told = replace(account.pairs[0], **changed)  # type: ignore[arg-type]  # each is of its field's type
    with pytest.raises(OnggiError, match=r"release\.suggestions"):
        release_suggestions(replace(account, pairs=(told,)), "en", tmp_path / "r.html")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "changed",
    [
        {"flags": (Finding("link.flag.few", "", {"count": "리영희"}),)},
        {"flags": (Finding("link.flag.few", "리영희", {"count": 1}),)},
        {"settings": "Ri Yong Hui"},
        {"engine": "리영희"},
    ],
)
def test_nor_does_it_in_what_stands_above(account: Account, changed: dict[str, object]) -> None:
    assert not is_coded(replace(account, **changed))  # type: ignore[arg-type]  # each is of its field's type


def test_a_pair_that_members_keep_apart_says_so(account: Account) -> None:
    told = replace(account.pairs[0], look=Look(0.5, (1, 1), conflict=True))
    page = make_html(write_account(replace(account, pairs=(told,)), "en")).decode()
    assert "kept apart" in page
