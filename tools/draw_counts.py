"""The figures of docs/guide/count.md: the models side by side, for the published tables in bench/count.

`python tools/draw_counts.py` writes docs/pictures/count-*.svg; seed 1.
"""

from pathlib import Path

from onggi.count.drawing import draw_models
from onggi.count.estimate import estimate
from onggi.count.population import Population
from onggi.count.reading import read_cells

ROOT = Path(__file__).parent.parent
TABLES = ("korea", "kosovo", "uk")


def main() -> None:
    """Count each table, and draw what came of it."""
    for name in TABLES:
        cells = read_cells((ROOT / "bench/count" / f"{name}.csv").read_text("utf-8")).cells
        if cells is None:
            raise SystemExit(f"bench/count/{name}.csv cannot be read")
        (figure,) = draw_models(estimate(cells, Population(), 1, threads=2), "en")
        (ROOT / "docs/pictures" / f"count-{name}.svg").write_text(figure.svg, "utf-8")


if __name__ == "__main__":
    main()
