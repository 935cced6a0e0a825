"""The sections of the app, as a day's work goes, and the parts of a case. A new page adds its line here."""

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
    Section("record", "/record", "web.section.record"),
    Section("search", "/search", "web.section.search"),
    Section("review", "/review", "web_review.title"),
    Section("numbers", "/numbers", "web_numbers.title"),
    Section("waiting", "/waiting", "web_waiting.title"),
    Section("log", "/log", "web_log.title"),
    Section("members", "/members", "web_members.title"),
)

CASE_PARTS = (
    Section("overview", "", "web_case.part.overview"),
    Section("people", "/people", "web_case.part.people"),
    Section("chronology", "/chronology", "web_case.part.chronology"),
    Section("map", "/map", "web_map.title"),
    Section("statements", "/statements", "web_case.part.statements"),
    Section("law", "/law", "web_law.title"),
    Section("consent", "/consent", "web_consent.title"),
    Section("dossier", "/dossier", "web_dossier.title"),
)
"""The parts of a case; their paths stand behind that of the case."""
