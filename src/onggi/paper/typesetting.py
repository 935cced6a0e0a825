"""Typst with our fonts, without the machine's: the one place that starts it.

Nothing is looked up: no font of the system or of typst itself, no package, no file beside the page. What
typst says when it gives up may quote the text it was given, so it is dropped and only the fact is told.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import typst

from onggi.errors import OnggiError

ROOM = Path(str(files("onggi.paper")))


@cache
def load_fonts() -> typst.Fonts:
    """The fonts of this room and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[ROOM / "fonts"])


def typeset(page: str, inputs: dict[str, str], format: Literal["pdf", "png"], dots: float = 144.0) -> bytes:
    """What `page` makes of `inputs`, as PDF or as PNG with `dots` per inch.

    Raises:
        OnggiError: `paper.typesetting`, where typst fails or warns.
    """
    try:
        made, warnings = typst.Compiler(
            root=ROOM / "fonts", font_paths=load_fonts(), sys_inputs=inputs
        ).compile_with_warnings(
            (ROOM / page).read_bytes(),
            format=format,
            ppi=dots,
            # PDF/A would want a date, and a document has none of its own.
            pdf_standards=["ua-1"] if format == "pdf" else [],
        )
    except typst.TypstError:
        raise OnggiError("paper.typesetting") from None
    if warnings or not isinstance(made, bytes):
        raise OnggiError("paper.typesetting")
    return made
