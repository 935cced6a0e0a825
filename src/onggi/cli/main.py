"""The way in from a terminal: which command, and what happens when it cannot.

Commands are loaded when they are called, so that help is there at once on an old machine. Every error ends here: its
sentence in the reader's language on stderr, its code as the exit status (docs/reference/exits.md).
"""

import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from onggi import __version__
from onggi.cli.help import write_commands, write_help
from onggi.cli.showing import show_error, show_usage
from onggi.errors import Exit, OnggiError
from onggi.words import say

COMMANDS = (
    "demo",
    "init",
    "member",
    "record",
    "add",
    "search",
    "show",
    "log",
    "verify",
    "prove",
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
        """One of them, or nothing."""
        if cmd_name not in COMMANDS:
            return None
        command = get_command(import_module(f"onggi.cli.{cmd_name}").app)
        command.name = cmd_name
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """What there is to do, without importing any of it."""
        write_help(self, ctx, formatter)
        write_commands(COMMANDS, formatter)


def show_version(wanted: bool) -> None:
    """Say the version and stop."""
    if wanted:
        typer.echo(f"onggi {__version__}")
        raise typer.Exit


def main() -> None:
    """Run one command and exit with its code."""
    _keep_quiet()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code and never raises."""
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

    try:
        code = get_command(app).main(arguments, prog_name="onggi", standalone_mode=False)
    except OnggiError as error:
        return show_error(error, "--json" in arguments)
    except typer.TyperException as error:
        return show_usage(error)
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        return Exit.WELL  # Whoever read the output has enough of it.
    except MemoryError:
        return show_error(OnggiError("cli.memory"), "--json" in arguments)
    except OSError:
        # What the system says of it holds a path, and a path may hold a name.
        return show_error(OnggiError("cli.disk"), "--json" in arguments)
    except Exception as error:  # noqa: BLE001 - a traceback shows lines of what was recorded; say where, not what
        return show_error(OnggiError("cli.fault", place=_place(error)), "--json" in arguments)
    return int(code or Exit.WELL)


def _place(error: BaseException) -> str:
    """The kind of a fault and the line of our own code it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "onggi" in Path(frame.filename).parts]
    where = f"{Path(ours[-1].filename).stem}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} {where}"


def _interrupted() -> int:
    typer.echo(say("cli.interrupted"), err=True)
    return Exit.INTERRUPTED


def _keep_quiet() -> None:
    """No core dumps: they would hold keys and names (THREATS P1, P11). Output is UTF-8 whatever the locale."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except ImportError:  # Windows has no core files of this kind.
        pass
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
