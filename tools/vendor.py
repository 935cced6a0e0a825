"""Builds src/onggi/web/static/vendor and the shapes of maps: what others wrote, at the versions below.

Run it with npm and a network to take a newer version, look at what it does, and commit the result:
`python tools/vendor.py`. Nobody who runs or tests Onggi needs it. `tests/web/test_vendor.py` holds every file
against VENDORED.toml. Bundles are made with esbuild from the parts that are used; shapes are cut to the
region and rounded to about a hundred metres, so that a map cannot be finer than what it is drawn for.
"""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1] / "src/onggi"
VENDOR = "web/static/vendor"
PLACE = ROOT / VENDOR


@dataclass(frozen=True)
class Vendored:
    """One file: what it is for, the packages in it with their versions, how and where it comes about."""

    file: str
    why: str
    packages: dict[str, str]
    source: str
    folder: str = VENDOR

    @property
    def path(self) -> Path:
        """Where it lies in the source."""
        return ROOT / self.folder / self.file


GRAPH = """
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
cytoscape.use(fcose);
export default cytoscape;
"""
SHAPES = """
const { feature } = require("topojson-client");
const world = require("world-atlas/countries-10m.json");
const kept = { "156": "CN", "408": "KP", "410": "KR", "643": "RU", "496": "MN", "392": "JP" };
const [west, south, east, north] = [112, 33, 137, 54];
const cut = (number, low, high) => Math.round(Math.min(high, Math.max(low, number)) * 1000) / 1000;
const ring = points => points
  .map(([x, y]) => [cut(x, west, east), cut(y, south, north)])
  .filter(([x, y], at, all) => !at || x !== all[at - 1][0] || y !== all[at - 1][1]);
const inside = ([x, y]) => x > west && x < east && y > south && y < north;
const features = feature(world, world.objects.countries).features
  .filter(one => one.id in kept)
  .map(one => ({
    type: "Feature",
    id: kept[one.id],
    properties: {},
    geometry: {
      type: "MultiPolygon",
      coordinates: (one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates)
        .filter(polygon => polygon[0].some(inside))
        .map(polygon => polygon.map(ring).filter(points => points.length > 3)),
    },
  }));
process.stdout.write(JSON.stringify({ type: "FeatureCollection", features }) + "\\n");
"""

VENDORED = (
    Vendored(
        "htmx.js",
        "get, post, target and swap: a part of a page is exchanged without a reload",
        {"htmx.org": "4.0.1"},
        "copy htmx.org/dist/htmx.min.js",
    ),
    Vendored(
        "graph.js",
        "relations that can be moved about; loaded on pages with a graph",
        {"cytoscape": "3.34.4", "cytoscape-fcose": "2.2.0", "cose-base": "2.2.0", "layout-base": "2.0.1"},
        GRAPH,
    ),
    Vendored(
        "shapes.json",
        "coasts and borders between 112°–137° E and 33°–54° N (Natural Earth, public domain)",
        {"world-atlas": "2.0.2"},
        SHAPES,
        "figures",
    ),
)
TOOLS = {"esbuild": "0.28.2", "topojson-client": "3.1.0"}


def main() -> None:
    """Fetch, build, and write down what was built."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        wanted = {package: version for one in VENDORED for package, version in one.packages.items()} | TOOLS
        (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": wanted}))
        _run(folder, "npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir(parents=True)
        for one in VENDORED:
            one.path.write_bytes(_build(folder, one))
        (PLACE / "LICENCES.md").write_text(_gather_licences(folder), "utf-8")
        (PLACE / "VENDORED.toml").write_text("\n".join(_describe(folder)) + "\n", "utf-8")


def _build(folder: Path, one: Vendored) -> bytes:
    if one.source.startswith("copy "):
        return (folder / "node_modules" / one.source.removeprefix("copy ")).read_bytes()
    script = folder / ("build.js" if one.file.endswith(".json") else "entry.mjs")
    script.write_text(one.source)
    if one.file.endswith(".json"):
        return _run(folder, "node", script.name)
    esbuild = "node_modules/@esbuild/linux-x64/bin/esbuild"
    return _run(
        folder, esbuild, script.name, "--bundle", "--minify", "--format=esm", "--target=es2020",
        "--charset=utf8", "--legal-comments=none",
    )  # fmt: skip


def _describe(folder: Path) -> Iterator[str]:
    yield "# What others wrote. Written by tools/vendor.py, held by tests/web/test_vendor.py."
    for one in VENDORED:
        raw = one.path.read_bytes()
        yield ""
        yield f'["{one.file}"]'
        yield f'folder = "{one.folder}"'
        yield f'why = "{one.why}"'
        yield f'sha256 = "{hashlib.sha256(raw).hexdigest()}"'
        for package, version in one.packages.items():
            found = json.loads((folder / "node_modules" / package / "package.json").read_text("utf-8"))
            if found["version"] != version:
                raise SystemExit(f"{package} is {found['version']}, not {version}")
            yield f'package."{package}" = {{ version = "{version}", licence = "{found["license"]}" }}'


def _gather_licences(folder: Path) -> str:
    names = [package for one in VENDORED for package in one.packages]
    texts = [
        f"## {name}\n\n{(folder / 'node_modules' / name / 'LICENSE').read_text('utf-8').strip()}\n"
        for name in names
    ]
    return "\n".join(("# Licences of the files in VENDORED.toml\n", *texts))


def _run(folder: Path, *command: str) -> bytes:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main()
