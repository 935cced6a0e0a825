"""The way in from a terminal: which command, and what happens when it cannot.

Commands are loaded when they are called, so that help is there at once on an old machine. Every error ends
here: its sentence in the reader's language on stderr, its code as the exit status (docs/reference/exits.md).
"""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from onggi import __version__
from onggi.cli.help import describe_command
from onggi.cli.leaving import forbid_cores, heed_signals
from onggi.cli.showing import name_wrong, show_error, tell_line
from onggi.cli.streams import end_streams, hold_streams, mute_stream
from onggi.errors import Exit, OnggiError, find_place
from onggi.words import say

COMMANDS = (
    "demo",
    "open",
    "init",
    "member",
    "record",
    "add",
    "strip",
    "custody",
    "search",
    "names",
    "count",
    "link",
    "show",
    "law",
    "norms",
    "consent",
    "screen",
    "second",
    "judge",
    "log",
    "verify",
    "prove",
    "dossier",
    "table",
    "timestamp",
    "erase",
    "copy",
    "rebuild",
)


class Commands(TyperGroup):
    """All commands, each imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of a person's day."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One of them. Raises `cli.wrong.command` for any other word."""
        if cmd_name not in COMMANDS:
            raise OnggiError("cli.wrong.command", exit_code=Exit.USAGE)
        command = get_command(import_module(f"onggi.cli.{cmd_name}").app)
        command.name = cmd_name
        return command

    def get_help(self, ctx: Any) -> str:
        """What there is to do, without importing any of it."""
        return describe_command(self, ctx, COMMANDS)


def show_version(wanted: bool) -> None:
    """Say the version and stop."""
    if wanted:
        typer.echo(f"onggi {__version__}")
        raise typer.Exit


def main() -> None:
    """Run one command and exit with its code."""
    forbid_cores()
    heed_signals()
    hold_streams()
    code = run(sys.argv[1:])
    end_streams()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code and never raises."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except OnggiError as error:
        return show_error(error, "--json" in arguments)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        if sys.stderr.isatty():
            tell_line("")  # below the question or the bar that was left
        return show_error(OnggiError("cli.interrupted", exit_code=Exit.INTERRUPTED), "--json" in arguments)
    except BrokenPipeError:
        mute_stream("stdout")  # whoever read the output has enough of it
        return Exit.WELL
    except MemoryError:
        return show_error(OnggiError("cli.memory"), "--json" in arguments)
    except OSError:
        # What the system says of it holds a path, and a path may hold a name.
        return show_error(OnggiError("cli.disk"), "--json" in arguments)
    except Exception as error:  # noqa: BLE001 - a traceback shows lines of what was recorded; say where, not what
        return show_error(OnggiError("cli.fault", place=find_place(error)), "--json" in arguments)


def make_root() -> Any:
    """`onggi` itself, as typer has it."""
    app = typer.Typer(cls=Commands, add_completion=False, help=say("cli.about"), rich_markup_mode=None)

    @app.callback(invoke_without_command=True)
    def root(
        ctx: typer.Context,
        version: bool = typer.Option(
            False, "--version", callback=show_version, is_eager=True, help=say("cli.version")
        ),
    ) -> None:
        if ctx.invoked_subcommand is None:
            typer.echo(ctx.get_help())

    return get_command(app)


def _run(arguments: list[str]) -> int:
    root = make_root()
    try:
        # Not typer's own `main`, which has endings and sentences of its own.
        with root.make_context("onggi", list(arguments)) as context:
            root.invoke(context)
    except typer.Exit as ending:
        return ending.exit_code
    except typer.TyperException as error:
        raise name_wrong(error) from None
    return Exit.WELL
