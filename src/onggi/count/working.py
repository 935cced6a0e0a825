"""An answer as it is worked out: four models, the panel, each list as one of known size, what may be said.

Pure. Rules:

- a model whose chains did not mix, or whose range has no end, has no number (`count.flag.mixing`,
  `.endless`);
- fewer than two models with a number: `refused`;
- medians of the panel that differ by more than a factor of `WIDEST`: `lower_bound`, and so is a range that a
  model could not close, and so are models that miss the known size of most lists; else `estimate`;
- the bound from below is never above the least of the ranges.
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from onggi.count.answer import ENDLESS, ENDS, Answer, Known, Model, Panel, Setting, Status
from onggi.count.cells import Cells, write_pattern
from onggi.count.checkpoint import Kept
from onggi.count.diagnostics import LEAST_ESS, MOST_RHAT, Mixing
from onggi.count.dice import roll_dice
from onggi.count.gates import LEAST_LISTS, Passed
from onggi.count.graphs import MOST_LISTS, average_graphs
from onggi.count.known import estimate_known
from onggi.count.linkage import Linked, sway_linkage
from onggi.count.loglinear import Term
from onggi.count.population import Population
from onggi.count.selection import select_model
from onggi.count.threshold import THRESHOLD, VARIANCE, Thresholded, draw_threshold
from onggi.errors import Finding

if TYPE_CHECKING:
    from onggi.count.latent import Drawn

WIDEST = 4
LEAST_MODELS = 2
LEAST_TRIED = 3  # lists of known size of which most may not be missed

_PANEL_CLASSES = (5, 20)
_PANEL_DELTAS = (0.5, 1.0)

Told = Callable[[int, int, str], None]


class Working:
    """What has been found so far."""

    def __init__(
        self,
        passed: Passed,
        population: Population,
        seed: int,
        threads: int,
        told: Told | None,
        kept: Kept,
        linked: Linked | None = None,
    ) -> None:
        self.kept = kept
        self.linked = linked
        self.cells = passed.cells
        self.population = population
        self.seed = seed
        self.threads = threads
        self.told = told
        self.findings = list(passed.findings)
        self.models: list[Model] = []
        self.panel: list[Panel] = []
        self.known: list[Known] = []
        self.endless = False
        self.misses = False

    def run(self, bound: int) -> Answer:
        """Everything, one after the other."""
        self.run_models()
        self.run_panel()
        self.check_known()
        return self.conclude(bound)

    def run_models(self) -> None:
        """The four models at their default settings."""
        from onggi.count.latent import CLASSES, RATE, SHAPE, draw_latent

        self._tell("latent")
        told = self._tell_rounds("latent")
        draw = partial(draw_latent, self.cells, roll_dice(self.seed, 0), threads=self.threads, told=told)
        latent = self.kept.ask("latent", lambda: _sum_draws(draw()))
        settings: dict[str, Setting] = {"classes": CLASSES, "a": SHAPE, "b": RATE}
        self._add_draws("latent_class", latent, settings, f"classes={CLASSES}")
        self._tell("graphs")
        if self.cells.width <= MOST_LISTS:
            self._run_graphs()
        else:
            self.findings.append(_flag("count.flag.graphs", limit=MOST_LISTS))
        self._tell("threshold")
        clear, terms = self.kept.ask("threshold", self._run_threshold)
        settings = {
            "order": 2,
            "threshold": THRESHOLD,
            "prior_variance": VARIANCE,
            "kept": self._name_terms(terms),
        }
        self._add_draws("bayes_threshold", clear, settings, "order=2")
        self._tell("bic")
        self._add_selected(self.kept.ask("bic", self._select_model))

    def run_panel(self) -> None:
        """The medians under other settings."""
        from onggi.count.latent import draw_latent

        for classes in _PANEL_CLASSES:
            self._tell("panel")
            draw = partial(
                draw_latent,
                self.cells,
                roll_dice(self.seed, 10, classes),
                classes=classes,
                threads=self.threads,
                enough=LEAST_ESS,
                alike=MOST_RHAT,
                told=self._tell_rounds("panel"),
            )
            middle, _, _, rhat, ess = self.kept.ask(f"panel {classes}", lambda: _sum_draws(draw()))  # noqa: B023
            if Mixing(rhat, ess).good:
                self.panel.append(Panel(f"latent_class classes={classes}", round(middle)))
        swayed = sway_linkage(self.cells, self.population)
        if swayed is not None and swayed.width <= MOST_LISTS:
            before, after = _middle(self.cells), _middle(swayed)
            self.panel.append(Panel("graphs linkage=corrected", after))
            self.findings.append(_flag("count.flag.linkage", before=before, after=after))

    def check_known(self) -> None:
        """Internal consistency."""
        self._tell("known")
        self.known = list(estimate_known(self.cells, self.seed, self.kept))
        tried = [one for one in self.known if one.covered is not None]
        covered = sum(one.covered is True for one in tried)
        # With three lists it is Chapman that is tried, and not the models of this answer.
        known = self.cells.width > LEAST_LISTS and len(tried) >= LEAST_TRIED
        self.misses = known and 2 * covered < len(tried)
        name = "misses" if self.misses else "known" if covered == len(tried) else "unknown"
        code = f"count.flag.{name if tried else 'untried'}"
        refused = len(self.known) - len(tried)
        self.findings.append(_flag(code, covered=covered, tried=len(tried), refused=refused))

    def conclude(self, bound: int) -> Answer:
        """What may be said."""
        ranges = [(one.low, one.high) for one in self.models if one.low is not None and one.high is not None]
        envelope = (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else None
        status: Status = "estimate"
        medians = [one.median for one in self.panel]
        if len(ranges) < LEAST_MODELS:
            status = "refused"
            self.findings.append(Finding("count.gate.models", ""))
        elif self.misses:
            status = "lower_bound"
        if envelope is not None:
            bound = min(bound, envelope[0])
        if status != "refused" and max(medians) > WIDEST * min(medians):
            status = "lower_bound"
            self.findings.append(_flag("count.flag.wide", low=min(medians), high=max(medians), factor=WIDEST))
        if status != "refused" and self.endless:
            status = "lower_bound"
        if status == "lower_bound" and min(medians) < bound:
            self.findings.append(_flag("count.flag.below", low=min(medians), bound=bound))
        return Answer(
            status,
            tuple(self.findings),
            self.cells,
            self.population,
            tuple(self.models),
            tuple(self.panel),
            envelope,
            bound,
            tuple(self.known),
        )

    def _run_graphs(self) -> None:
        (middle, low, high), graphs, edges = self.kept.ask("graphs", self._average_graphs)
        settings: dict[str, Setting] = {
            "delta": 2.0**-self.cells.width,
            "graphs": graphs,
            "best": self._name_terms(edges),
        }
        if self.linked is not None:
            middle, low, high = self._mix_links(self.linked, settings)
        self.models.append(Model("graphs", middle, low, high, settings=settings))
        self.panel.append(Panel("graphs delta=2^-L", middle))
        for delta in _PANEL_DELTAS:
            middle = self.kept.ask(f"graphs {delta:g}", partial(_middle, self.cells, delta))
            self.panel.append(Panel(f"graphs delta={delta:g}", middle))

    def _average_graphs(self) -> list[Any]:
        averaged = average_graphs(self.cells)
        edges = averaged.graphs[int(np.argmax(averaged.chances))]
        ends = [round(averaged.find_quantile(at)) for at in ENDS]
        return [ends, len(averaged.graphs), [1 << one | 1 << other for one, other in edges]]

    def _run_threshold(self) -> list[Any]:
        drawn = draw_threshold(self.cells, roll_dice(self.seed, 2))
        return [_sum_draws(drawn), list(drawn.kept)]

    def _select_model(self) -> list[Any] | None:
        """Point, lower and upper end, how many resamples, the terms kept, and N under two tilts."""
        chosen = select_model(self.cells, roll_dice(self.seed, 3))
        if chosen is None:
            return None
        ends = [float(chosen.point), float(chosen.low), float(chosen.high)]
        return [*ends, len(chosen.replicates), list(chosen.kept), [float(one) for one in chosen.tilted]]

    def _mix_links(self, linked: Linked, settings: dict[str, Setting]) -> tuple[int, int, int]:
        mixed = linked.mixed
        ends = {"low": round(float(mixed.medians.min())), "high": round(float(mixed.medians.max()))}
        settings |= {"replicates": len(mixed.medians), "medians": f"{ends['low']}–{ends['high']}"}
        fewest, most = linked.people
        numbers = {"count": len(mixed.medians), **ends, "fewest": fewest, "most": most}
        self.findings.append(_flag("count.flag.replicates", **numbers))
        if linked.refused:
            self.findings.append(
                _flag("count.flag.replicates_refused", refused=linked.refused, tried=linked.tried)
            )
        return round(mixed.median), round(mixed.low), round(mixed.high)

    def _add_draws(
        self, name: str, drawn: Sequence[float], settings: dict[str, Setting], setting: str
    ) -> None:
        middle, low, high, *mixed = drawn
        mixing = Mixing(*mixed)
        # An infinite R-hat is no JSON; what stands there instead says that chains did not move.
        rhat = round(mixing.rhat, 4) if isfinite(mixing.rhat) else None
        if not mixing.good:
            self.models.append(Model(name, None, None, None, rhat, round(mixing.ess), settings))
            self.findings.append(_flag("count.flag.mixing", model=name))
        elif high > ENDLESS * self.cells.people:
            self.endless = True
            self.models.append(Model(name, None, None, None, rhat, round(mixing.ess), settings))
            self.findings.append(_flag("count.flag.endless", model=name))
        else:
            ends = round(middle), round(low), round(high)
            self.models.append(Model(name, *ends, rhat, round(mixing.ess), settings))
            self.panel.append(Panel(f"{name} {setting}", round(middle)))

    def _add_selected(self, chosen: Sequence[Any] | None) -> None:
        if chosen is None or chosen[2] > ENDLESS * self.cells.people:
            self.endless = self.endless or chosen is not None
            self.models.append(Model("bic", None, None, None))
            self.findings.append(_flag("count.flag.endless", model="bic"))
            return
        point, low, high, replicates, kept, tilts = chosen
        settings: dict[str, Setting] = {
            "order": 2,
            "replicates": replicates,
            "interval": "BCa",
            "kept": self._name_terms(kept),
        }
        self.models.append(Model("bic", round(point), round(low), round(high), settings=settings))
        self.panel.append(Panel("bic order=2", round(point)))
        for factor, tilted in zip(("1/2", "2"), tilts, strict=True):
            if isfinite(tilted):
                self.panel.append(Panel(f"bic highest_order={factor}", round(tilted)))

    def _name_terms(self, terms: Sequence[Term]) -> str:
        return ", ".join(write_pattern(term, self.cells.lists) for term in terms)

    def _tell(self, stage: str) -> None:
        """A stage begins; how far it is, nobody can say."""
        if self.told is not None:
            self.told(0, 0, stage)

    def _tell_rounds(self, stage: str) -> Callable[[int, int], None]:
        return lambda done, total: None if self.told is None else self.told(done, total, stage)


def _sum_draws(drawn: "Drawn | Thresholded") -> list[float]:
    """Middle, lower and upper end; R-hat and effective samples."""
    ends = np.quantile(drawn.draws, ENDS)
    return [*map(float, ends), float(drawn.mixing.rhat), float(drawn.mixing.ess)]


def _middle(cells: Cells, delta: float | None = None) -> int:
    return round(average_graphs(cells, delta).find_quantile(0.5))


def _flag(code: str, **values: str | int) -> Finding:
    return Finding(code, "", values, grave=False)
