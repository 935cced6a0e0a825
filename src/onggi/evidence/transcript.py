"""Transcripts and translations: what is said in a recording or written in a paper, passage by passage, each
with its place in the original.

Floor 4. Pure: text in, passages and findings out, each finding with its line. Four forms are read, told by
how the text begins: WebVTT, SubRip, a TOML form that holds words and translation side by side, and plain
paragraphs, which are counted. Refused: an end before its start, a passage without words, a time or a key that
cannot be read.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onggi.errors import Finding
from onggi.model.entity import read_code

MOST_PASSAGES = 100_000

_TIME = re.compile(r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)(?:[.,](\d{1,3}))?")
_CUE = re.compile(r"\s*(\S+)\s+-->\s+(\S+)(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^ >]*)? ([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]*>|<\d[^>]*>")
_SPEAKER = re.compile(r"(P-[0-9A-Za-z]{7})\s*[:：]\s*")
_NOTES = ("NOTE", "STYLE", "REGION", "WEBVTT")
_KEYS = frozenset({"start", "end", "paragraph", "speaker", "text", "translation"})
_HEAD = frozenset({"onggi", "lang", "translation_lang", "translator", "passage"})


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands at one place: from and up to a time in milliseconds, or a paragraph counted from 1.

    `speaker` is the code of a person; `translation` what the same words are in another language.
    """

    text: str
    start: int | None = None
    end: int | None = None
    paragraph: int | None = None
    speaker: str | None = None
    translation: str | None = None

    @property
    def place(self) -> str:
        """Where it stands in the original, as a statement's locator has it."""
        if self.start is not None and self.end is not None:
            return f"{write_time(self.start)}–{write_time(self.end)}"
        return f"¶ {self.paragraph}"


@dataclass(frozen=True, slots=True)
class Transcript:
    """Passages in their order; the languages and the translator, where the form has a place for them."""

    passages: tuple[Passage, ...]
    lang: str | None = None
    translation_lang: str | None = None
    translator: str | None = None

    @property
    def alignment(self) -> str:
        """By what it is found in the original, as a term of `alignments`."""
        if not self.passages:
            return "none"
        return "time" if self.passages[0].start is not None else "paragraph"


def read_transcript(text: str) -> tuple[Transcript | None, list[Finding]]:
    """The passages of a text; None, and every reason with its line, where it cannot be read."""
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((line.strip() for line in lines if line.strip()), "")
    if not first:
        return None, [_find("empty", 1)]
    if re.match(r"onggi\s*=", first):
        return _read_toml(text)
    if first.startswith("WEBVTT") or any(_CUE.fullmatch(line) for line in lines[:20]):
        read = list(_read_cues(lines))
    else:
        read = list(_read_paragraphs(lines))
    passages = [one for one in read if isinstance(one, Passage)]
    findings = [one for one in read if isinstance(one, Finding)]
    if not passages and not findings:
        findings.append(_find("empty", 1))
    if len(passages) > MOST_PASSAGES:
        findings.append(_find("many", 1))
    return (None, findings) if findings else (Transcript(tuple(passages)), [])


def read_time(text: str) -> int | None:
    """Milliseconds from `1:02:03.450`, `02:03` or `00:02:03,450`; None for anything else."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds, rest = found.groups()
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(
        (rest or "").ljust(3, "0")
    )


def write_time(milliseconds: int) -> str:
    """`01:02:03.450`."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _read_cues(lines: Sequence[str]) -> Iterator[Passage | Finding]:
    """WebVTT and SubRip: blocks with a line of times and then the words."""
    for number, block in _cut_blocks(lines):
        if block[0].startswith(_NOTES):
            continue
        at = next((place for place, line in enumerate(block) if "-->" in line), None)
        if at is None:
            if len(block) > 1 or not block[0].strip().isdecimal():
                yield _find("untimed", number)
            continue
        times = _CUE.fullmatch(block[at])
        start, end = (read_time(times[1]), read_time(times[2])) if times else (None, None)
        if start is None or end is None:
            yield _find("time", number + at)
            continue
        if end <= start:
            yield _find("backwards", number + at)
            continue
        said = " ".join(line.strip() for line in block[at + 1 :])
        voice = _VOICE.search(said)
        speaker, words = _take_speaker(_TAG.sub("", said).strip(), voice[1] if voice else "")
        yield Passage(words, start, end, speaker=speaker) if words else _find("silent", number + at)


def _read_paragraphs(lines: Sequence[str]) -> Iterator[Passage]:
    for paragraph, (_, block) in enumerate(_cut_blocks(lines), start=1):
        speaker, words = _take_speaker(" ".join(line.strip() for line in block))
        yield Passage(words, paragraph=paragraph, speaker=speaker)


def _cut_blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between empty lines, with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _take_speaker(text: str, voice: str = "") -> tuple[str | None, str]:
    """The code of who speaks, if the passage says so, and the words without it."""
    if voice and (code := read_code(voice)):
        return code, text
    found = _SPEAKER.match(text)
    code = read_code(found[1]) if found else None
    return (code, text[found.end() :]) if found and code else (None, text)


def _read_toml(text: str) -> tuple[Transcript | None, list[Finding]]:
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        return None, [_find("form", int(line[1]) if line else len(text.splitlines()))]
    tables = document.get("passage", [])
    if document.get("onggi") != 1 or not isinstance(tables, list) or not document.keys() <= _HEAD:
        return None, [_find("form", 1)]
    # The lines on which passages begin; a table that is written otherwise is told by the first line.
    starts = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[passage]]"]
    lines = starts if len(starts) == len(tables) else [1] * len(tables)
    read = [_read_table(table, line) for table, line in zip(tables, lines, strict=True)]
    passages = [one for one in read if isinstance(one, Passage)]
    findings = [one for one in read if isinstance(one, Finding)]
    if len({one.start is None for one in passages}) > 1:
        findings.append(_find("mixed", 1))
    if not read:
        findings.append(_find("empty", 1))
    head = {name: document.get(name) for name in ("lang", "translation_lang", "translator")}
    if any(value is not None and not isinstance(value, str) for value in head.values()):
        findings.append(_find("form", 1))
    return (None, findings) if findings else (Transcript(tuple(passages), **head), [])


def _read_table(table: Any, line: int) -> Passage | Finding:
    if not isinstance(table, dict) or not table.keys() <= _KEYS:
        return _find("form", line)
    texts = {name: table.get(name) for name in ("text", "translation", "speaker", "start", "end")}
    if any(value is not None and not isinstance(value, str) for value in texts.values()):
        return _find("form", line)
    words = (texts["text"] or "").strip()
    if not words:
        return _find("silent", line)
    speaker = texts["speaker"]
    if speaker is not None and (speaker := read_code(speaker)) is None:
        return _find("speaker", line)
    paragraph = table.get("paragraph")
    if isinstance(paragraph, int) and not isinstance(paragraph, bool) and paragraph > 0:
        timed = texts["start"] is not None or texts["end"] is not None
        said = Passage(words, None, None, paragraph, speaker, texts["translation"])
        return _find("form", line) if timed else said
    start, end = (read_time(texts[name] or "") for name in ("start", "end"))
    if start is None or end is None:
        return _find("time", line)
    if end <= start:
        return _find("backwards", line)
    return Passage(words, start, end, None, speaker, texts["translation"])


def _find(what: str, line: int) -> Finding:
    return Finding(f"evidence.transcript.{what}", f"line {line}")
