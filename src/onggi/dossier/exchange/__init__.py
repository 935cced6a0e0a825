"""The same data set for machines: each format in a module, made from what is shown and nothing else.

Floor 5. Pure. `list_exchange` gives the files by their path in a bag. What a format has no place for is left
out, never bent: HTCDS knows no killing, GeoJSON gets no point finer than what is shown.
"""

from onggi.dossier.exchange.ftm import write_ftm
from onggi.dossier.exchange.geojson import write_geojson
from onggi.dossier.exchange.htcds import write_htcds
from onggi.dossier.exchange.statements import write_statements
from onggi.dossier.told import Told

FOLDER = "data/exchange/"


def list_exchange(told: Told) -> dict[str, bytes]:
    """The files of every format."""
    return {
        f"{FOLDER}statements.csv": write_statements(told),
        f"{FOLDER}ftm.jsonl": write_ftm(told),
        f"{FOLDER}htcds.csv": write_htcds(told),
        f"{FOLDER}places.geojson": write_geojson(told),
    }
