"""Help in the reader's language: typer's own headings are English only. Pure."""

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from onggi.cli.layout import lay_help
from onggi.words import say


class Command(TyperCommand):
    """A command whose help is in three languages."""

    def get_help(self, ctx: Any) -> str:
        """The usage, what it does, its arguments and options."""
        return describe_command(self, ctx)


def describe_command(command: Any, ctx: Any, commands: Sequence[str] = ()) -> str:
    """What a command is for and what it takes; with the commands below it, one line each."""
    usage = " ".join([ctx.command_path, *_collect_usage(command, ctx)])
    pieces: list[str | Sequence[tuple[str, str]]] = [
        say("cli.usage.usage", usage=usage),
        "",
        command.help or "",
    ]
    parameters = command.get_params(ctx)
    arguments = [(_call(one), one.help or "") for one in parameters if one.param_type_name == "argument"]
    options = [(_call(one), _explain(one)) for one in parameters if one.param_type_name == "option"]
    below = [(name, say(f"cli.{name}.short")) for name in commands]
    for heading, rows in (("commands", below), ("arguments", arguments), ("options", options)):
        if rows:
            pieces += ["", say(f"cli.usage.{heading}"), rows]
    return lay_help(pieces)


def _collect_usage(command: Any, ctx: Any) -> list[str]:
    """`VAULT [FILE…] --out DIR [OPTIONS]`: what must be given, and that more may be."""
    parameters = command.get_params(ctx)
    arguments = [_call(one) for one in parameters if one.param_type_name == "argument"]
    required = [_call(one) for one in parameters if one.param_type_name == "option" and one.required]
    below = ["COMMAND …"] if hasattr(command, "list_commands") else []
    return [*below, *arguments, *required, "[OPTIONS]"]


def _call(parameter: Any) -> str:
    """`VAULT`, or `--as N`."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    name = ", ".join(parameter.opts)
    return f"{name} {parameter.metavar}" if parameter.metavar and not parameter.is_flag else name


def _explain(option: Any) -> str:
    """What an option does, and what holds without it."""
    if option.name == "help":
        return say("cli.usage.help")
    if option.default is None or option.is_flag or option.show_default is False:
        return str(option.help)
    return say("cli.usage.default", help=str(option.help), value=str(option.default))
