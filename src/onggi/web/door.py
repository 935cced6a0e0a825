"""The pages before the door: refused, locked, come in. They know nothing of any vault.

Pure. One sentence in three languages, because nobody is known yet; or in one, where a language was chosen.
Nothing that was sent is repeated in them, and their title says nothing.
"""

from collections.abc import Sequence
from html import escape

from onggi.web.guards import Refusal
from onggi.web.headers import FORGET
from onggi.web.replies import Reply, send_page
from onggi.words import LANGUAGES, known, say

STYLE_PATH = "/door.css"
_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: 2rem 1rem; }
section { border-block-start: 1px solid; margin-block: 1.5rem; padding-block-start: 1rem; }
h1, h2 { font-size: 1.25rem; }
"""


def send_style() -> Reply:
    """The style of these pages."""
    return Reply(200, _STYLE.encode(), "text/css; charset=utf-8")


def refuse(refusal: Refusal) -> Reply:
    """Why nothing is shown, and what to do."""
    return send_page(write_door(f"web_door.{refusal.id}"), refusal.status)


def send_locked() -> Reply:
    """The page after a lock, whatever was asked for. The browser is told to let go of all that it holds."""
    page = send_page(write_door("web_door.locked"), 423)
    return Reply(page.status, page.body, extra={**FORGET, "Connection": "close"})


def send_entered(plain: bool) -> Reply:
    """The page after the token: a link into the app, which the browser follows by itself.

    A cookie that is kept to our own pages does not go along with a redirect that another page began.
    """
    ids = ["web_door.entered", *(["web_door.plain"] if plain else [])]
    return send_page(write_door(*ids, link="/"))


def write_door(*ids: str, link: str = "", languages: Sequence[str] = LANGUAGES, **values: str | int) -> str:
    """Sentences and their hints in some languages; with `link`, the way on."""
    on = f'<meta http-equiv="refresh" content="0;url={link}">' if link and len(ids) == 1 else ""
    return (
        '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">{on}'
        '<title>·</title><link rel="stylesheet" href="{style}"></head>'
        "<body><main>\n{parts}</main></body></html>\n"
    ).format(
        lang=languages[0],
        on=on,
        style=STYLE_PATH,
        parts="".join(_write_part(ids, lang, link, values) for lang in languages),
    )


def _write_part(ids: Sequence[str], lang: str, link: str, values: dict[str, str | int]) -> str:
    said = [say(id, lang, **values) if known(id) else id for id in ids]
    hints = [say(f"{id}.hint", lang, **values) for id in ids if known(f"{id}.hint")]
    lines = [f"<h1>{escape(said[0])}</h1>", *(f"<p>{escape(line)}</p>" for line in (*said[1:], *hints))]
    if link:
        lines.append(f'<p><a href="{escape(link)}">{escape(say("web_door.on", lang))}</a></p>')
    return f'<section lang="{lang}">\n' + "\n".join(lines) + "\n</section>\n"
