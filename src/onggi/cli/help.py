"""Help in the reader's language: typer's own headings are English only.

Pure but for the formatter it writes to.
"""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from onggi.words import say


class Command(TyperCommand):
    """A command whose help is in three languages."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The usage, what it does, its arguments and options, and an example."""
        write_help(self, ctx, formatter)


def write_help(command: Any, ctx: Any, formatter: Any) -> None:
    """What a command is for and what it takes."""
    pieces = command.collect_usage_pieces(ctx)
    formatter.write(f"{say('cli.usage.usage')} {ctx.command_path} {' '.join(pieces)}\n\n")
    for paragraph in (command.help or "").split("\n\n"):
        formatter.write_text(paragraph)
        formatter.write("\n")
    arguments, options = [], []
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            arguments.append((parameter.make_metavar(ctx), parameter.help or ""))
            continue
        record = parameter.get_help_record(ctx)
        if record is not None:
            name, text = record
            options.append((name, say("cli.usage.help") if parameter.name == "help" else text))
    for heading, rows in (("arguments", arguments), ("options", options)):
        if rows:
            formatter.write(f"{say(f'cli.usage.{heading}')}\n")
            formatter.indent()
            formatter.write_dl(rows)
            formatter.dedent()
            formatter.write("\n")


def write_commands(names: Sequence[str], formatter: Any) -> None:
    """One line for each command."""
    formatter.write(f"{say('cli.usage.commands')}\n")
    formatter.indent()
    formatter.write_dl([(name, say(f"cli.{name}.short")) for name in names])
    formatter.dedent()
