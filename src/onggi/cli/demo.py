"""`onggi demo`: an example vault, made by the same doors as any other."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Json
from onggi.cli.contracts.vault import Example
from onggi.cli.help import Command
from onggi.cli.showing import show_json, tell
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.demo.help"))
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("cli.demo.dir"), show_default=False)],
    json: Json = False,
) -> None:
    """Make a vault with the article's case and an invented one, and two members."""
    from onggi.cli.example import make_example

    made = make_example(folder)
    if json:
        show_json(
            Example(
                vault=str(made.vault),
                passphrase_file=str(made.passphrase_file),
                cases={"article": made.article, "invented": made.invented},
                codes={"article": made.article_code, "invented": made.invented_code},
            )
        )
    tell("cli.demo.done")
    tell("cli.demo.cases", article=made.article_code, invented=made.invented_code)
