"""The words of a PDF: what is drawn on its pages as text, seen or not, and every string that stands in it.

Letters are joined to words by where they are drawn, since a PDF need not hold a single space. They are told
in the order in which they are drawn, in that in which they stand on the page, and once without spaces: who
looks for a name finds it in any of these. Text beneath a black bar, in white or outside the page is read too.

Pure but for the memory of the library: it runs in the process apart (`quarantine`), and nowhere else. Nothing
is drawn or executed. Refused: what `open_pdf` refuses; more than so much text or work is not read to its end,
and then it is not whole.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pikepdf

from onggi.evidence.legible import Legible
from onggi.evidence.metadata_pdf import open_pdf
from onggi.evidence.pdf_fonts import UNKNOWN, Font, open_font

SECONDS = 12
"""Working time after which no further page is begun; the process itself is given more."""

_MOST_LETTERS = 4_000_000
_DEEPEST = 20
_JOINED, _LINE = 0.16, 0.4  # of the size of its letters: a gap that is none, a step that begins another line
_READ = "q Q cm BT ET Tf Td TD Tm T* Tc Tw Tz TL Tj TJ ' \" Do gs BDC DP sh m l c v y re BI ID EI"
# What is seen of these is written as text, or where they lead is.
_WRITTEN = frozenset(
    {
        "/Link",
        "/Popup",
        "/Text",
        "/FreeText",
        "/Widget",
        "/Highlight",
        "/Underline",
        "/StrikeOut",
        "/Squiggly",
    }
)
# What a viewer may show that is neither drawn on a page nor a string.
_ELSEWHERE = ("/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/3DD", "/Thumb")
_DAMAGE = (pikepdf.PdfError, RuntimeError, TypeError, ValueError, KeyError, IndexError, MemoryError)

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters that were drawn with one command: where they begin and end, and how large they stand."""

    text: str
    start: tuple[float, float]
    end: tuple[float, float]
    size: float


@dataclass(frozen=True, slots=True)
class _State:
    """What decides where and how the next letter is drawn."""

    page: Matrix = _PLAIN
    font: Font | None = None
    size: float = 1.0
    between: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0


def read_pdf(data: bytes) -> Legible:
    """The words of a PDF, and whether they are all that can be seen. Raises as `open_pdf` does."""
    with open_pdf(data) as pdf:
        reader = _Reader()
        reader.read_pages(pdf)
        reader.read_rest(pdf)
        return Legible("\n".join(reader.texts), reader.whole)


class _Reader:
    """What was read until now."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.whole = True
        self._deadline = time.process_time() + SECONDS
        self._letters = 0
        self._seen: set[tuple[int, int]] = set()
        self._fonts: dict[tuple[int, int], Font] = {}

    def read_pages(self, pdf: pikepdf.Pdf) -> None:
        """Every page, with whatever is drawn on it."""
        for page in pdf.pages:
            if self._is_over():
                return
            canvas = _Canvas(self)
            try:
                canvas.draw(page.obj, page.obj.get("/Resources", page.resources), _State(), 0)
                self._judge_notes(page.obj.get("/Annots"))
            except _DAMAGE:
                self.whole = False
            if canvas.drawn and not any(piece.text.strip() for piece in canvas.pieces):
                self.whole = False
            self._tell(canvas.pieces)

    def read_rest(self, pdf: pikepdf.Pdf) -> None:
        """What no page led to: how notes and fields look, patterns, and every string of the file."""
        strings: list[str] = []
        for one in pdf.objects:
            if self._is_over():
                break
            try:
                strings += _list_strings(one)
                if any(
                    key in one for key in _ELSEWHERE if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))
                ):
                    self.whole = False
                if isinstance(one, pikepdf.Stream) and ("/PatternType" in one or _is_form(one)):
                    canvas = _Canvas(self)
                    canvas.draw(one, one.get("/Resources"), _State(), 0)
                    self._tell(canvas.pieces)
            except _DAMAGE:
                self.whole = False
        self._keep("\n".join(strings))

    def take(self, stream: pikepdf.Object) -> bool:
        """Whether a stream is read for the first time."""
        if stream.objgen in self._seen and stream.objgen != (0, 0):
            return False
        self._seen.add(stream.objgen)
        return True

    def open(self, font: pikepdf.Object) -> Font:
        """A font, opened once."""
        if font.objgen == (0, 0):
            return open_font(font)
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = open_font(font)
        return self._fonts[font.objgen]

    def _judge_notes(self, notes: object) -> None:
        for note in notes if isinstance(notes, pikepdf.Array) else ():
            if str(note.get("/Subtype")) not in _WRITTEN:
                self.whole = False

    def _tell(self, pieces: Sequence[_Piece]) -> None:
        drawn = _join(pieces)
        self.whole = self.whole and UNKNOWN not in drawn
        self._keep(drawn)
        self._keep(_join(_sort(pieces)))
        self._keep("".join(drawn.split()))

    def _keep(self, text: str) -> None:
        if text:
            self._letters += len(text)
            self.texts.append(text[:_MOST_LETTERS])

    def _is_over(self) -> bool:
        if self._letters < _MOST_LETTERS and time.process_time() < self._deadline:
            return False
        self.whole = False
        return True


class _Canvas:
    """One page, or something that is drawn by itself, while its commands are followed."""

    def __init__(self, reader: _Reader) -> None:
        self.pieces: list[_Piece] = []
        self.drawn = False
        self._reader = reader
        self._line = self._text = _PLAIN

    def draw(self, stream: pikepdf.Object, resources: object, state: _State, depth: int) -> None:
        """Follow the commands of a page, a form or a pattern, each once."""
        if not self._reader.take(stream):
            return
        if depth > _DEEPEST:
            self._reader.whole = False
            return
        kept: list[_State] = []
        at = (0.0, 0.0)
        for command in pikepdf.parse_content_stream(stream, _READ):
            name = str(command.operator)
            if name in ("INLINE IMAGE", "BI", "sh", "c", "v", "y"):
                self._reader.whole = False
                continue
            words = list(command.operands)
            match name:
                case "q":
                    kept.append(state)
                case "Q":
                    state = kept.pop() if kept else state
                case "cm":
                    state = replace(state, page=_multiply(_matrix(words), state.page))
                case "m" | "l" | "re":
                    self.drawn = True
                    to = (float(words[0]), float(words[1]))
                    if name == "l" and to[0] != at[0] and to[1] != at[1]:
                        self._reader.whole = False  # a slanting line: part of a drawing, or of a letter
                    at = to
                case "Do":
                    self._draw_other(_find(resources, "/XObject", words[0]), resources, state, depth)
                case "BDC" | "DP":
                    self._reader.texts += _list_strings(words[-1])
                case _:
                    state = self._write(name, words, resources, state)

    def _draw_other(self, other: object, resources: object, state: _State, depth: int) -> None:
        self.drawn = True
        if not isinstance(other, pikepdf.Stream) or not _is_form(other):
            self._reader.whole = False  # a picture
            return
        line, text = self._line, self._text
        moved = replace(state, page=_multiply(_matrix(other.get("/Matrix")), state.page))
        self.draw(other, other.get("/Resources", resources), moved, depth + 1)
        self._line, self._text = line, text

    def _write(self, name: str, words: list[pikepdf.Object], resources: object, state: _State) -> _State:
        """Follow a command about text; the state after it."""
        match name:
            case "BT":
                self._line = self._text = _PLAIN
            case "Tm":
                self._line = self._text = _matrix(words)
            case "Td" | "TD":
                self._step(float(words[0]), float(words[1]))
                return replace(state, leading=-float(words[1])) if name == "TD" else state
            case "T*":
                self._step(0.0, -state.leading)
            case "TL":
                return replace(state, leading=float(words[0]))
            case "Tc":
                return replace(state, between=float(words[0]))
            case "Tw":
                return replace(state, words=float(words[0]))
            case "Tz":
                return replace(state, stretch=float(words[0]) / 100)
            case "Tf":
                return self._choose(_find(resources, "/Font", words[0]), float(words[1]), state)
            case "gs":
                chosen = _find(resources, "/ExtGState", words[0])
                given = chosen.get("/Font") if isinstance(chosen, pikepdf.Dictionary) else None
                if isinstance(given, pikepdf.Array):
                    return self._choose(given[0], float(given[1]), state)
            case "Tj":
                self._show(words[0], state)
            case "TJ":
                for one in words[0] if isinstance(words[0], pikepdf.Array) else ():
                    if isinstance(one, pikepdf.String):
                        self._show(one, state)
                    else:
                        self._advance(-float(one) / 1000 * state.size * state.stretch)
            case "'":
                self._step(0.0, -state.leading)
                self._show(words[0], state)
            case '"':
                state = replace(state, words=float(words[0]), between=float(words[1]))
                self._step(0.0, -state.leading)
                self._show(words[2], state)
        return state

    def _choose(self, font: object, size: float, state: _State) -> _State:
        known = self._reader.open(font) if isinstance(font, pikepdf.Dictionary) else None
        return replace(state, font=known, size=size)

    def _step(self, along: float, up: float) -> None:
        self._line = self._text = _multiply((1.0, 0.0, 0.0, 1.0, along, up), self._line)

    def _advance(self, along: float) -> None:
        self._text = _multiply((1.0, 0.0, 0.0, 1.0, along, 0.0), self._text)

    def _show(self, shown: object, state: _State) -> None:
        if not isinstance(shown, pikepdf.String) or not (data := bytes(shown)):
            return
        font = state.font
        if font is None or font.drawn:
            self._reader.whole = False
        letters = list(font.read(data)) if font is not None else [(UNKNOWN, 500.0)]
        long = sum(
            (width / 1000 * state.size + state.between + (state.words if letter == " " else 0.0))
            * state.stretch
            for letter, width in letters
        )
        before = _multiply(self._text, state.page)
        self._advance(long)
        after = _multiply(self._text, state.page)
        size = abs(state.size) * math.hypot(before[2], before[3])
        text = "".join(letter for letter, _ in letters)
        self.pieces.append(_Piece(text, (before[4], before[5]), (after[4], after[5]), size or 1.0))


def _join(pieces: Sequence[_Piece]) -> str:
    """Pieces as words: with a space where there is room for one, or where another line begins."""
    parts: list[str] = []
    for last, one in zip((None, *pieces), pieces, strict=False):
        if last is not None and not _touches(last, one) and not parts[-1].endswith(("-", "\u00ad", "\u2010")):
            parts.append(" ")
        parts.append(one.text)
    return " ".join("".join(parts).split())


def _touches(last: _Piece, one: _Piece) -> bool:
    """Whether a piece goes on where the last one ended."""
    across, up = last.end[0] - last.start[0], last.end[1] - last.start[1]
    length = math.hypot(across, up) or 1.0
    gap = (one.start[0] - last.end[0], one.start[1] - last.end[1])
    along = (gap[0] * across + gap[1] * up) / length
    aside = (gap[1] * across - gap[0] * up) / length
    return abs(aside) < _LINE * last.size and -last.size < along < _JOINED * last.size


def _sort(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pieces as they stand on the page: line by line from above, each from the left."""
    lines: list[list[_Piece]] = []
    for one in sorted(pieces, key=lambda piece: -piece.start[1]):
        if lines and lines[-1][0].start[1] - one.start[1] < _LINE * lines[-1][0].size:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [one for line in lines for one in sorted(line, key=lambda piece: piece.start[0])]


def _list_strings(one: object) -> Iterator[str]:
    """Every string that stands in an object itself; what is only pointed to has its own turn."""
    if isinstance(one, pikepdf.String):
        yield str(one)
        return
    values: Sequence[object] = ()
    if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        values = list(one.values())
    elif isinstance(one, pikepdf.Array):
        values = list(one)
    for value in values:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _list_strings(value)


def _is_form(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") == pikepdf.Name.Form


def _find(resources: object, kind: str, name: object) -> object:
    """What a page calls by a name."""
    within = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return within.get(str(name)) if isinstance(within, pikepdf.Dictionary) else None


def _matrix(words: object) -> Matrix:
    if words is None:
        return _PLAIN
    a, b, c, d, e, f = (float(one) for one in words)  # type: ignore[attr-defined]
    return (a, b, c, d, e, f)


def _multiply(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )
