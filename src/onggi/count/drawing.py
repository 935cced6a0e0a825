"""The figures of an estimate: the models beside the envelope, how often people were met, what each list met.

Pure. The page that is set and the page in a browser show the same ones. Refused: a number without its range;
a model that has none is in no figure.
"""

from onggi.count.answer import Answer
from onggi.figures.figure import WIDTH, Figure
from onggi.figures.plot import Bar, Interval, draw_bars, draw_intervals
from onggi.words import say


def draw_models(answer: Answer, lang: str, width: int = WIDTH) -> tuple[Figure, ...]:
    """All models with their ranges, and the envelope behind them; nothing where none has a number."""
    intervals = [
        Interval(say(f"count.model.{one.name}", lang), one.low, one.high, one.median)
        for one in answer.models
        if one.median is not None
    ]
    if not intervals:
        return ()
    envelope = answer.envelope
    band = (float(envelope[0]), float(envelope[1])) if envelope is not None else None
    title = say("count.report.models", lang)
    return draw_intervals(intervals, title=title, lang=lang, envelope=band, width=width)


def draw_frequencies(answer: Answer, lang: str, width: int = WIDTH) -> tuple[Figure, ...]:
    """How many people stand on how many lists."""
    cells = answer.cells
    if cells is None or not cells.patterns:
        return ()
    bars = [
        Bar(say("count.report.on", lang, lists=number), float(count))
        for number, count in enumerate(cells.count_frequencies())
        if number
    ]
    return draw_bars(bars, title=say("count.report.frequencies", lang), lang=lang, width=width)


def draw_shares(answer: Answer, lang: str, width: int = WIDTH) -> tuple[Figure, ...]:
    """Which share of all people each list holds, over the envelope; nothing where there is no estimate."""
    cells, envelope = answer.cells, answer.envelope
    if cells is None or envelope is None or answer.status != "estimate":
        return ()
    met = [*zip(cells.lists, cells.sizes, strict=True), (say("count.report.any", lang), cells.people)]
    intervals = [Interval(name, 100 * size / envelope[1], 100 * size / envelope[0]) for name, size in met]
    return draw_intervals(intervals, title=say("count.report.shares", lang), lang=lang, width=width)
