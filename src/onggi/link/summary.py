"""What was done, as plain data: for the page beside the tables, for the report, for a methods section (§7).

Floor 4. Pure. No name, no id, no content of a cell.
"""

from typing import Any

from onggi.link.rules import Choice, Rule
from onggi.link.run import Linkage


def summarise(linkage: Linkage) -> dict[str, Any]:
    """Settings and findings of a linkage: rules, weights, recall, stability, flags."""
    model, choice = linkage.model, linkage.choice
    return {
        "records": linkage.records,
        "pairs": len(linkage.pairs.a),
        "clusters": len(set(linkage.clusters.tolist())),
        "expected_matches": _round(model.matches) if model else 0.0,
        "blocking_recall": _round(model.recall) if model and model.recall is not None else None,
        "em_rounds": model.rounds if model else 0,
        "budget": choice.budget,
        "rules": [_describe_rule(linkage, choice, rule) for rule in choice.used],
        "left_out": [_describe_rule(linkage, choice, rule) for rule in choice.refused],
        "features": [
            {
                "name": feature.name,
                "kind": feature.kind,
                "levels": [
                    {"level": level, "one": _round(one), "two": _round(two), "weight": _round(weight)}
                    for level, one, two, weight in zip(
                        feature.levels, model.one[at], model.two[at], model.weights[at], strict=True
                    )
                ]
                if model
                else [],
            }
            for at, feature in enumerate(linkage.features)
        ],
        "stability": {
            "spread": _round(linkage.stability.spread),
            "holds": linkage.stability.holds,
            "variants": [
                {"what": one.what, "matches": _round(one.matches), "agreement": _round(one.agreement)}
                for one in linkage.stability.variants
            ],
        },
        "contradictions": len(linkage.contradictions),
        "flags": [{"code": flag.code, **flag.values} for flag in linkage.flags],
    }


def _describe_rule(linkage: Linkage, choice: Choice, rule: Rule) -> dict[str, Any]:
    return {
        "rule": choice.name(rule, linkage.features),
        "pairs": rule.pairs,
        "left_pairs": rule.left_pairs,
        "largest_block": rule.most,
    }


def _round(number: float) -> float:
    return float(f"{number:.6g}")
