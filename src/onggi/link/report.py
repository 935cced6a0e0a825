"""The report of a linkage as a document: what was found, how sure it is, and every setting (§7).

Floor 4. Pure. It shows what the records say, of the hundred pairs that are hardest to tell; whoever holds it
holds names. `write_figures` is the same without any record. Refused: nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from onggi.figures.plot import Bar, Interval, draw_bars, draw_intervals
from onggi.link.beforehand import MOST
from onggi.link.columns import Records
from onggi.link.run import Linkage
from onggi.link.stability import BOUND
from onggi.link.table import COLUMNS
from onggi.paper.document import (
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Line,
    Note,
    Paragraph,
    Picture,
    Table,
)
from onggi.words import known, say

_HARDEST = 100
_BINS = 20
_BOUNDS = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99)
_LONGEST = 60  # characters of a cell
_MOST_SHOWN = 60  # contradictions


def write_report(linkage: Linkage, records: Records, settings: Mapping[str, Any], lang: str) -> Document:
    """The report in a language; `settings` is what stands beside the pairs (summary)."""
    writer = _Writer(linkage, settings, lang)
    shown = (*writer.show_contradictions(records), *writer.show_hardest(records))
    return Document(writer.say("title"), lang, writer.say("mark"), tuple(writer.list_blocks(shown)))


def write_figures(linkage: Linkage, settings: Mapping[str, Any], lang: str) -> Document:
    """The report without a record or an id: numbers, and what was compared by name."""
    writer = _Writer(linkage, settings, lang)
    return Document(writer.say("title"), lang, "", tuple(writer.list_blocks(())))


class _Writer:
    def __init__(self, linkage: Linkage, settings: Mapping[str, Any], lang: str) -> None:
        self._linkage, self._settings, self._lang = linkage, settings, lang

    def say(self, id: str, **values: str | int) -> str:
        return say(f"link.report.{id}", self._lang, **values)

    def list_blocks(self, shown: Iterable[Block]) -> Iterator[Block]:
        """All of it; `shown` is what is told of single records."""
        linkage = self._linkage
        yield from self._head("summary")
        yield self._summarise()
        for flag in linkage.flags:
            hint = f"{flag.code}.hint"
            texts = [say(flag.code, self._lang, **flag.values)]
            texts += [say(hint, self._lang, **flag.values)] if known(hint) else []
            yield Note("caution" if flag.grave else "remark", tuple(map(Paragraph, texts)))
        if linkage.model is None:
            return
        yield from self._show_scores()
        yield from self._show_keys()
        if linkage.learned:
            yield from self._show_weights()
            yield from self._show_stability()
        yield from shown
        yield from self._head("methods")
        yield Paragraph(self._write_methods())

    def _head(self, id: str) -> Iterator[Block]:
        yield Heading(1, self.say(id))

    def _summarise(self) -> Block:
        told = self._settings
        learned, recall = self._linkage.learned, told["blocking_recall"]
        rows = {
            "records": str(told["records"]),
            "pairs": str(told["pairs"]),
            "clusters": str(told["clusters"]),
            "matches": f"{told['expected_matches']:.0f}" if learned else self.say("unknown"),
            "recall": f"{recall:.3f}" if learned and recall is not None else self.say("unknown"),
            "spread": f"{told['stability']['spread']:.3f}" if learned else self.say("unknown"),
            "engine": str(told["engine"]),
            "seed": str(told["seed"]),
            "memory": f"{told['peak_mib']} MiB",
        }
        return Facts(tuple(Fact(self.say(f"fact.{id}"), text) for id, text in rows.items()))

    def _show_scores(self) -> Iterator[Block]:
        """How many pairs have which probability, and what a bound would let through."""
        chances = self._linkage.pairs.probability
        counts = np.bincount(np.minimum((chances * _BINS).astype(int), _BINS - 1), minlength=_BINS)
        bars = [Bar(f"{at / _BINS:.2f}–{(at + 1) / _BINS:.2f}", float(n)) for at, n in enumerate(counts)]
        yield from self._head("scores")
        for figure in draw_bars(bars, title=self.say("scores"), lang=self._lang):
            yield Picture(figure.svg, figure.alt, self.say("scores.caption"))
        rows = []
        matches = self._settings["expected_matches"] if self._linkage.learned else 0.0
        for bound in _BOUNDS:
            above = chances[chances >= bound]
            good = float(above.sum())
            rows.append((f"{bound:g}", str(len(above)), _share(good, len(above)), _share(good, matches)))
        yield Table(self._titles("bound", "pairs", "precision", "found"), tuple(rows))
        yield Paragraph(self.say("calibration"))
        judged = self._linkage.pairs.judged
        if judged.any():
            yield Paragraph(
                self.say("judged", same=int((judged > 0).sum()), different=int((judged < 0).sum()))
            )

    def _show_keys(self) -> Iterator[Block]:
        yield from self._head("keys")
        yield Paragraph(self.say("keys.about"))
        rows = [
            (rule["rule"], str(rule["pairs"]), str(rule["left_pairs"]))
            for rule in (*self._settings["rules"], *self._settings["left_out"])
        ]
        yield Table(self._titles("key", "pairs", "left"), tuple(rows), (3, 1, 1))

    def _show_weights(self) -> Iterator[Block]:
        yield from self._head("weights")
        yield Paragraph(self.say("weights.about"))
        rows = [
            (
                f"{feature['name']} ({feature['kind']})" if at == 0 else "",
                level["level"],
                f"{level['one']:.4f}",
                f"{level['two']:.2e}",
                f"{level['weight']:+.2f}",
            )
            for feature in self._settings["features"]
            for at, level in enumerate(feature["levels"])
        ]
        yield Table(self._titles("feature", "level", "one", "two", "weight"), tuple(rows), (3, 4, 2, 2, 2))

    def _show_stability(self) -> Iterator[Block]:
        stability = self._linkage.stability
        yield from self._head("stability")
        yield Paragraph(self.say("stability.about", bound=f"{BOUND:g}"))
        if not stability.variants:
            return
        intervals = [
            Interval(one.what, min(one.agreement, 1.0), 1.0, one.agreement) for one in stability.variants
        ]
        for figure in draw_intervals(intervals, title=self.say("stability"), lang=self._lang):
            yield Picture(figure.svg, figure.alt, self.say("stability.caption"))
        rows = [(one.what, f"{one.matches:.0f}", f"{one.agreement:.4f}") for one in stability.variants]
        yield Table(self._titles("variant", "matches", "agreement"), tuple(rows), (2, 1, 1))

    def show_contradictions(self, records: Records) -> Iterator[Block]:
        """Records that are in one cluster though their own pair is unlikely, by their ids."""
        found = self._linkage.contradictions
        if not found:
            return
        ids = records.ids
        yield from self._head("contradictions")
        yield Paragraph(self.say("contradictions.about", count=len(found)))
        rows = [
            (ids[one.first], ids[one.middle], ids[one.last], f"{one.probability:.3f}")
            for one in found[:_MOST_SHOWN]
        ]
        yield Table(self._titles("first", "middle", "last", "probability"), tuple(rows))

    def show_hardest(self, records: Records) -> Iterator[Block]:
        """The pairs nearest to even odds, side by side, with the weight of each column."""
        pairs = self._linkage.pairs
        order = np.lexsort((pairs.b, pairs.a, np.abs(pairs.probability - 0.5)))[:_HARDEST]
        if not len(order):
            return
        yield from self._head("hardest")
        yield Paragraph(self.say("hardest.about"))
        rows: list[tuple[Line, ...]] = []
        for at in order.tolist():
            a, b = int(pairs.a[at]), int(pairs.b[at])
            weights = [
                f"{feature.name} {weight:+.1f}"
                for feature, weight, level in zip(
                    self._linkage.features,
                    self._linkage.weights[at].tolist(),
                    self._linkage.levels[at].tolist(),
                    strict=True,
                )
                if level >= 0
            ]
            sides = (_describe(records, a), _describe(records, b))
            rows.append((f"{pairs.probability[at]:.2f}", *sides, ", ".join(weights)))
        yield Table(
            self._titles("probability", "one_record", "other_record", "weight"), tuple(rows), (1, 4, 4, 3)
        )

    def _titles(self, *ids: str) -> tuple[str, ...]:
        return tuple(self.say(f"column.{id}") for id in ids)

    def _write_methods(self) -> str:
        told = self._settings
        return self.say(
            "methods.text" if self._linkage.learned else "methods.few",
            version=str(told["onggi"]),
            tables=int(told["tables"]),
            records=int(told["records"]),
            features=", ".join(f"{feature['name']} ({feature['kind']})" for feature in told["features"]),
            rules=len(told["rules"]),
            budget=int(told["budget"]),
            rounds=int(told["em_rounds"]),
            variants=len(told["stability"]["variants"]),
            engine=str(told["engine"]),
            seed=int(told["seed"]),
            most=f"{MOST:g}",
        )


def _describe(records: Records, record: int) -> str:
    """A record as its id and its cells, in the order of our columns."""
    cells = [records.ids[record][:_LONGEST]]
    columns = records.columns
    for name in dict.fromkeys((*COLUMNS[1:], *columns)):
        if name in columns and (code := int(columns[name].codes[record])) >= 0:
            text = columns[name].texts[code]
            cells += [text[:_LONGEST]] if text[0] != "\0" else []
    return " · ".join(cells)


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "–"
