"""One statement proved from its page: what leaves is said before, and why it does not."""

import re
from pathlib import Path

import pytest
from tests.web.test_upload import wait
from tests.web.visiting import Visitor

from onggi.errors import Finding
from onggi.evidence.verify import verify_bag
from onggi.web.rendering import say_finding
from onggi.words import LANGUAGES, catalogue, known, say


def choose(visitor: Visitor) -> tuple[str, str]:
    """A statement of the article, and one that nobody published."""
    view = visitor.house.ledger.view()
    told = (held for held in view.of_property("date") if held.statement.source is not None)
    kept = next(held for held in told if not view.publication(held.statement.source or ""))
    return next(view.of_property("confessed_to")).id, kept.id


def test_a_statement_of_a_published_source_is_proved(visitor: Visitor, tmp_path: Path) -> None:
    proved, _ = choose(visitor)
    assert f"/statement/{proved}/prove" in visitor.get(f"/statement/{proved}").text
    asked = visitor.post(f"/statement/{proved}/prove", {"folder": str(tmp_path / "bag")})
    job = wait(visitor, asked)
    assert job.state == "done", job
    page = visitor.get(job.path).text
    assert str(tmp_path / "bag") in page and re.search(r"(?:[0-9a-f]{4} ?){16}", page)
    assert verify_bag(tmp_path / "bag").valid
    gone = visitor.get(f"/statement/{proved}/proved/{'0' * 32}")
    assert gone.status == 404


def test_what_nobody_published_is_refused_in_words_of_pages(visitor: Visitor, tmp_path: Path) -> None:
    _, kept = choose(visitor)
    job = wait(visitor, visitor.post(f"/statement/{kept}/prove", {"folder": str(tmp_path / "bag")}))
    assert job.state == "failed" and job.error is not None and job.error.id == "release.unpublished"
    page = visitor.get(f"/jobs/{job.id}").text
    assert "onggi " not in page[page.index("<main") :] and not (tmp_path / "bag").exists()


@pytest.mark.parametrize("folder", ["", "bag", "../bag", "\0"])
def test_what_is_no_place_is_said_at_its_field(visitor: Visitor, folder: str) -> None:
    answer = visitor.post(f"/statement/{choose(visitor)[0]}/prove", {"folder": folder})
    assert answer.status == 422 and '<a href="#folder">' in answer.text


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_no_finding_of_proofs_names_a_command(tongue: str) -> None:
    ids = [f"prove.{key}" for key in catalogue("prove") if known(f"prove.{key}.hint")]
    ids += ["release.unpublished", "release.unscreened", "release.standing", "release.unseen"]
    for id in ids:
        told = "".join(say_finding(Finding(id, "", {"count": 1}), tongue))
        assert "onggi " not in told and "`" not in told and say(id, tongue, count=1), id
