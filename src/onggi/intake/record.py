"""A whole file, read and judged: the statements it makes, or everything that is wrong with it.

Floor 5. Pure: bytes in, values out; a face reads the file and no more of it than `MOST_BYTES` and one byte.
Refused: half a file. What can be recorded is not recorded while anything in the same file cannot.
"""

from typing import Literal, TypeAlias

from onggi.errors import Finding
from onggi.intake.batch import Batch
from onggi.intake.draft import Draft, Progress
from onggi.intake.drafts import resolve_draft
from onggi.intake.files import MOST_BYTES, read_text
from onggi.intake.findings import Findings
from onggi.intake.record_file import read_record_file
from onggi.intake.references import References
from onggi.intake.tables import apply_map, read_table
from onggi.intake.toml_file import MOST_TOML
from onggi.model.entity import Randomness

__all__ = ["MOST_BYTES", "Kind", "find_kind", "read_record"]

Kind: TypeAlias = Literal["toml", "csv"]


def find_kind(name: str, mapping: bytes | None) -> Kind:
    """Whether a file of this name is a record file or a table: what comes with a map is a table."""
    return "csv" if mapping is not None or name.lower().endswith(".csv") else "toml"


def read_record(
    data: bytes,
    kind: Kind,
    references: References,
    randomness: Randomness,
    *,
    mapping: bytes | None = None,
    case: str | None = None,
    progress: Progress = lambda done, total, stage: None,
) -> Batch | list[Finding]:
    """The statements of a record file or a table, or every finding.

    `mapping` is the map of a table; `case` is the id or code of the case where neither file names one.
    """
    findings = Findings()
    draft = _read_draft(data, kind, mapping, findings)
    if draft is None:
        return findings.gather()
    batch = resolve_draft(draft, case, references, randomness, findings, progress)
    return findings.gather() if findings.count else batch


def _read_draft(data: bytes, kind: Kind, mapping: bytes | None, findings: Findings) -> Draft | None:
    if kind == "toml":
        text = read_text(data, findings, most=MOST_TOML)
        return None if text is None else read_record_file(text, findings)
    text = read_text(data, findings)
    if mapping is None:
        return None if text is None else read_table(text, findings)
    map_text = read_text(mapping, findings, "map ", MOST_TOML)
    map_draft = None if map_text is None else read_record_file(map_text, findings, "map ")
    return None if text is None or map_draft is None else apply_map(map_draft, text, findings)
