"""What a form lets somebody choose from, in the reader's language; nothing is chosen before. Pure."""

from onggi.model.value import BOUNDS
from onggi.model.vocabulary import load_vocabulary
from onggi.words import say

Choices = list[tuple[str, str]]

_HEARD = ("0", "1", "2", "3", "4")
_GRADES = ("reliability", "credibility")


def list_options(vocabulary: str, tongue: str) -> Choices:
    """The terms of a vocabulary, or none of them."""
    terms = [(one.id, one.labels[tongue]) for one in load_vocabulary(vocabulary).terms.values()]
    labels = [(id, f"{id} · {label}" if vocabulary in _GRADES else label) for id, label in terms]
    return [("", say("web_record.unsaid", tongue)), *labels]


def list_bounds(tongue: str) -> Choices:
    """How exactly a number was said."""
    bounds = [(one, say(f"web_record.bound.{one}", tongue)) for one in BOUNDS]
    return [("", say("web_record.unsaid", tongue)), *bounds]


def list_distances(tongue: str) -> Choices:
    """How near the source stood."""
    heard = [(one, say(f"web_record.heard.{one}", tongue)) for one in _HEARD]
    return [("", say("web_record.unsaid", tongue)), *heard]
