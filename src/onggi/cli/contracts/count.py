"""How many were never recorded."""

from typing import Annotated, TypedDict


class ReasonRow(TypedDict):
    """Why there is no number, or what must be known beside it."""

    code: Annotated[str, "an id of findings.md"]
    where: Annotated[str, "the lists it is about, or a line of the table; may be empty"]
    what: Annotated[str, "what was found, in the reader's language"]
    meaning: Annotated[str, "what it means and what would help"]
    refuses: Annotated[bool, "whether it is a reason to refuse; else it is told and stops nothing"]


class ModelRow(TypedDict):
    """One model at its default settings. Numbers are null where it has none to stand behind."""

    name: Annotated[str, "latent_class, graphs, bayes_threshold or bic"]
    n_median: Annotated[
        int | None, "the middle of all people, documented ones included; of bic, the best fit"
    ]
    n_lo: Annotated[int | None, "the lower end of the 95 % interval"]
    n_hi: Annotated[int | None, "its upper end"]
    rhat: Annotated[float | None, "whether chains agree; null where there are none, or where none moved"]
    ess: Annotated[int | float | None, "effective samples; null where there are no chains"]
    settings: Annotated[dict[str, str | int | float], "what it ran with, and what it chose"]


class PanelRow(TypedDict):
    """The median under one setting."""

    setting: Annotated[str, "the model and its setting"]
    n_median: Annotated[int, "the median"]


class Range(TypedDict):
    """A range of whole numbers."""

    lo: Annotated[int, "its lower end"]
    hi: Annotated[int, "its upper end"]


class EstimateRow(TypedDict):
    """An estimate that is kept in a vault."""

    statement: Annotated[str, "its id"]
    status: Annotated[str, "estimate or lower_bound"]
    lo: Annotated[int | None, "lower end of the envelope"]
    hi: Annotated[int | None, "upper end of the envelope"]
    lower: Annotated[int | None, "at least so many"]
    seen: Annotated[int, "how many people stand on any list"]
    lists: Annotated[int, "how many lists"]
    population: Annotated[str | None, "of whom, as it was declared"]
    inputs: Annotated[str, "SHA-256 of the counts and of what was declared"]
    version: Annotated[str, "of Onggi"]
    seed: Annotated[int, "of the dice"]


class KnownRow(TypedDict):
    """A list taken as a population of known size, and what the other lists make of it."""

    name: Annotated[str, "the list"]
    size: Annotated[int, "how many people stand on it"]
    n_lo: Annotated[int | None, "the lower end of the range; null where it was not estimated"]
    n_hi: Annotated[int | None, "the upper end"]
    holds: Annotated[bool | None, "whether the range holds the size"]


class Counted(TypedDict):
    """How many there are, or why that is not said; all fields also where it is refused."""

    status: Annotated[str, "estimate, lower_bound or refused"]
    reasons: Annotated[list[str], "why, and what must be known beside it: id and sentence"]
    findings: Annotated[list[ReasonRow], "the same reasons, each with its place and what helps"]
    models: Annotated[list[ModelRow], "one row for each model that ran"]
    panel: Annotated[list[PanelRow], "medians over all settings"]
    envelope: Annotated[
        Range | None, "what the models' 95 % intervals span together; null where none has one"
    ]
    lower_bound: Annotated[int | None, "at least so many; null where no table was read"]
    known: Annotated[list[KnownRow], "each list estimated from the others; none where no model ran"]
    assumption: Annotated[str, "what was taken for true, and what of it nobody declared"]
