"""A whole interview is taken back at once: what was shown and nothing else, for a reason, in one commit."""

import re

from tests.web.visiting import Visitor

from onggi.ledger.held import Held
from onggi.ledger.view import View


def look(visitor: Visitor) -> View:
    return visitor.house.desk.receive("/", "en", {}, {}, {}).view()


def find_interview(visitor: Visitor) -> tuple[str, list[Held]]:
    """The path that takes back what a source said, and all it said that stands."""
    for matter in look(visitor).cases():
        page = visitor.get(f"/case/{matter.case}").text
        for source in re.findall(r'href="(/source/[^"#]+)"', page):
            found = re.search(r'href="(/source/[^"]+/told/[0-9a-f]+)"', visitor.get(source).text)
            if found:
                shown = re.findall(r'name="what" value="(\w+)"', visitor.get(found[1]).text)
                view = look(visitor)
                return found[1], [held for id in shown if (held := view.statement(id)) is not None]
    raise LookupError


def test_an_interview_is_taken_back_with_one_reason_and_comes_back_one_by_one(visitor: Visitor) -> None:
    path, told = find_interview(visitor)
    ids = [held.id for held in told]
    assert len(ids) > 1 and len({(held.statement.source, held.commit) for held in told}) == 1
    others = {one.id for one in look(visitor).of_property("note") if look(visitor).is_live(one)} - set(ids)
    for reason in ("", "  "):
        answer = visitor.post(path, {"what": ids, "reason": reason})
        assert answer.status == 422 and '<a href="#reason">' in answer.text
    for sent in ([], ids[:1] + ["0" * 32]):
        assert visitor.post(path, {"what": sent, "reason": "INVENTED: she asked for it"}).status == 422
    view = look(visitor)
    assert all(view.is_live(held) for held in told), "nothing was taken back"
    assert visitor.post(path, {"what": ids, "reason": "INVENTED: she asked for it"}).status == 303
    view = look(visitor)
    assert not any(view.is_live(held) for held in told)
    notes = [one for held in told for one in view.live(held.id, "taken_back")]
    assert len(notes) == len(ids) and len({one.commit for one in notes}) == 1
    assert {one.id for one in view.of_property("note") if view.is_live(one)} >= others
    assert visitor.get(path).status >= 400, "nothing of it stands"
    assert visitor.post(f"/statement/{ids[0]}/restore", {"reason": "INVENTED: it was right"}).status == 303
    view = look(visitor)
    assert [view.is_live(held) for held in told] == [True, *([False] * (len(ids) - 1))]
