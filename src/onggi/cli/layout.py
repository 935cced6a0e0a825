"""Text in columns: wrapped where a person reads it, Hangul and Han two columns wide.

Pure but for the width of the terminal. Where nobody watches, a line stays a line, so that other tools can
read it. Rich is loaded when something is laid out, not before.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TextIO

_ENDLESS = 10_000
_HELP_WIDTH = 100


def plain(text: str) -> str:
    """Text without control characters: what a vault holds must not move the cursor."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else " " for character in text)


def write_line(text: str, stream: TextIO, indent: int = 0, style: str = "") -> None:
    """One line of text, wrapped under itself on a terminal; `style` is seen only there."""
    if not stream.isatty():
        stream.write(" " * indent + plain(text) + "\n")
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    _print(Padding(Text(plain(text), style), (0, 0, 0, indent), expand=False), console, stream)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]], stream: TextIO) -> None:
    """A table under bold headings."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        # Text, not markup: what was recorded may hold brackets, and must not command the terminal.
        table.add_row(*(Text(plain(cell)) for cell in row))
    _print(table, Console(file=stream, highlight=False, width=None if stream.isatty() else _ENDLESS), stream)


def _print(piece: Any, console: Any, stream: TextIO) -> None:
    """Lay out, and write ourselves: where nobody reads on, Rich would end the process in its own way."""
    with console.capture() as capture:
        console.print(piece)
    stream.write(capture.get())


def lay_help(pieces: Sequence[str | Sequence[tuple[str, str]]]) -> str:
    """Help as one text: paragraphs, and lists of a word and what it means."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, color_system=None)
    width = min(console.width, _HELP_WIDTH)
    with console.capture() as capture:
        for piece in pieces:
            if isinstance(piece, str):
                console.print(Text(piece), width=width)
                continue
            table = Table.grid(padding=(0, 2, 0, 0))
            table.add_column(no_wrap=True)
            table.add_column(overflow="fold")  # Chinese has no spaces to break at
            for word, meaning in piece:
                table.add_row(Text(word), Text(meaning))
            console.print(Padding(table, (0, 0, 0, 2)), width=width)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())
