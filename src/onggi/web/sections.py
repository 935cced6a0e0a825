"""The sections of the app, in the order of a day's work. A new page group adds its line here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation: its id, where it leads, and the id of what it is called."""

    id: str
    path: str
    says: str


SECTIONS = (
    Section("home", "/", "web.section.home"),
    Section("cases", "/cases", "web.section.cases"),
    Section("search", "/search", "web.section.search"),
)
