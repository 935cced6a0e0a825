"""What was typed into a form, and what is wrong with it.

Pure. A finding belongs to the field that its `where` names; the others stand above the form only. Refused:
nothing; what was typed is shown again as it was, so that nobody types it twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onggi.errors import Finding


@dataclass(frozen=True, slots=True)
class Form:
    """The values of a form by the names of its fields, each as often as it was chosen, and findings."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    findings: Sequence[Finding] = ()

    @classmethod
    def of(cls, findings: Sequence[Finding] = (), /, **values: str) -> "Form":
        """A form with these values, as it is before anybody typed."""
        return cls({name: (value,) for name, value in values.items()}, findings)

    def value(self, name: str) -> str:
        """The last value of a field; empty if there is none."""
        found = self.values.get(name, ())
        return found[-1] if found else ""

    def all(self, name: str) -> Sequence[str]:
        """All values of a field of which several may be chosen."""
        return self.values.get(name, ())

    def wrong(self, name: str) -> list[Finding]:
        """What is wrong with a field."""
        return [one for one in self.findings if one.where == name]
