"""Victims and suspects in the fields of IOM's Human Trafficking Case Data Standard 2.0 (CC BY 4.0, a draft).

One row a person, coded, in the fields and values of "HTCDS Field Standards 2.0" (UNMigration/HTCDS, of
2023-01-24). Values come from the cross-references of our own vocabularies; one that is uncertain there is
left out, and so are two where a field takes one. The standard has no field for a killing, for evidence or for
time: those are in the other files. Pure.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from onggi.dossier.exchange.rows import write_rows
from onggi.dossier.told import Told
from onggi.model.value import Entity, Number, Term
from onggi.model.vocabulary import find_term

_HEAD = (
    *("person", "prs_Gender", "prs_Deceased", "prs_NumberOfChildren", "prs_Citizenship"),
    *("vic_MethodsOfControl", "vic_TypeOfExploitation", "vic_ForcedLabourIndustry"),
    *("vic_TypeOfSexExploitation", "per_RoleInProcess"),
)
_GENDER: Mapping[str, str] = {"female": "Feminine", "male": "Masculine"}
_CONTROL = frozenset(
    {
        *(
            "PhysicalThreats",
            "ThreatsLawEnforcement",
            "ThreatensChildrenFamily",
            "DebtBondage",
            "FalsePromises",
        ),
        *("PhysicalAbuse", "SexualAbuse", "PsychologicalAbuse", "WithholdsDocuments", "WithholdsNecessities"),
        *("RestrictsFinancialAccess", "RestrictsMedicalCare", "TakesEarnings"),
        *("PsychoactiveSubstance", "ExcessiveWorkingHours", "Other"),
    }
)
_ROLES = {"seller": "SoldIndividual", "buyer": "BoughtIndividual"}
_VICTIM, _SUSPECT = "victim", ("perpetrator", "seller", "buyer", "broker")


def write_htcds(told: Told) -> bytes:
    """The table of everybody who is shown as a victim or a suspect."""
    return write_rows(_HEAD, _list_rows(told))


def _list_rows(told: Told) -> Iterator[list[str]]:
    ties = _list_ties(told)
    for person in told.of_kind("person"):
        befell = ties[person, _VICTIM]
        did = [act for tie in _SUSPECT for act in ties[person, tie]]
        if befell or did:
            codes = [code for act in befell for code in _codes(told, act)] + list(_codes(told, person))
            yield [
                told.data.call(person),
                *_describe(told, person),
                *_sort(codes if befell else []),
                _join(role for tie, role in _ROLES.items() if ties[person, tie]),
            ]


def _list_ties(told: Told) -> Mapping[tuple[str, str], list[str]]:
    """By person and tie: the acts that are said to be tied to her so."""
    ties: dict[tuple[str, str], list[str]] = defaultdict(list)
    for act in told.of_kind("act"):
        for tie in (_VICTIM, *_SUSPECT):
            for value in dict.fromkeys(told.values(act, tie)):
                if isinstance(value, Entity):
                    ties[value.entity, tie].append(act)
    return ties


def _describe(told: Told, person: str) -> list[str]:
    sexes = [
        _GENDER.get(one.term, "NonSpecifiedUnknown")
        for one in told.values(person, "sex")
        if isinstance(one, Term)
    ]
    dead = any(True for _ in told.dates(person, "died_on")) or bool(told.values(person, "manner_of_death"))
    children = [one.number for one in told.values(person, "children_count") if isinstance(one, Number)]
    states = [one.term.upper() for one in told.values(person, "nationality") if isinstance(one, Term)]
    return [_choose(sexes), "true" if dead else "", children[0] if len(children) == 1 else "", _join(states)]


def _codes(told: Told, entity: str) -> Iterator[str]:
    """Every certain HTCDS code of the terms said of an entity."""
    for entry in told.by_entity.get(entity, ()):
        said = entry.held.statement
        if isinstance(said.value, Term) and said.what.polarity == "asserts":
            term = find_term(said.value.vocabulary, said.value.term)
            if term is not None and "htcds" not in term.uncertain:
                yield from term.codes.get("htcds", "").split("/")


def _sort(codes: list[str]) -> list[str]:
    """Codes in the columns they belong to: control, exploitation, its industry, its sexual kind."""
    control = [code for code in codes if code in _CONTROL]
    kinds = [code.partition(":") for code in codes if code and code not in _CONTROL]
    exploitation = [
        head for head, _, _ in kinds if head in ("ForcedLabour", "SexualExploitation", "ForcedMarriage")
    ]
    industry = [tail for head, _, tail in kinds if head == "ForcedLabour" and tail]
    sexual = [tail for head, _, tail in kinds if head == "SexualExploitation" and tail]
    return [_join(control), _join(exploitation), _choose(industry), _join(sexual)]


def _join(values: "Iterator[str] | list[str]") -> str:
    return ";".join(sorted(set(values)))


def _choose(values: list[str]) -> str:
    """The value of a field that takes one; of several that differ, none."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""
