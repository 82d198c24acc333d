"""The `tracker` command: its commands, its help, and the one place where errors become text and exit codes."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tracker.cli import usage
from tracker.cli.shelf import Commands, lightened, short_help
from tracker.cli.terminal import never_fail, note
from tracker.errors import TrackerError

INTERRUPTED = 130
MAIN_COMMANDS = ("demo", "add", "check", "themes", "fit", "compare", "report", "view")
_ABOUT = """Tell which themes dated speeches emphasise, how the emphasis shifts, how sure one can be, and where it was said.

Begin with `tracker demo my-first-report`, or with your own files: `tracker add FOLDER`, then `tracker report`.
"""


class _TwoSections(TyperGroup):
    """Help with the eight commands of the main job first and the rest under More; no command is loaded before it is called."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**said)
        self.commands = Commands()

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - called with it
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        for heading, part in (("Commands", MAIN_COMMANDS), ("More", [n for n in names if n not in MAIN_COMMANDS])):
            with formatter.section(heading):
                formatter.write_dl([(name, short_help(name, limit)) for name in part])


app = typer.Typer(
    name="tracker", cls=_TwoSections, help=_ABOUT, rich_markup_mode=None, add_completion=True, pretty_exceptions_enable=False, no_args_is_help=True
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the flag
    if wanted:
        from tracker import __version__

        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Shared by all commands."""


def _root_command() -> Any:
    return lightened(typer.main.get_command(app))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; never a traceback for what a user can cause.

    Args:
        argv: The words after `tracker`; `sys.argv` when None.

    Returns:
        0 done, 1 a TrackerError, 2 usage, 3 done in part, 130 interrupted.
    """
    said = sys.argv[1:] if argv is None else list(argv)
    try:
        usage.refuse_bytes(said)
        code = _root_command().main(args=said, prog_name="tracker", standalone_mode=False)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (TrackerError, typer.TyperException, typer.Abort, KeyboardInterrupt, MemoryError, OSError) as error:
        return _fail(error, said)
    if code == INTERRUPTED:  # the parser has taken the interruption and says nothing
        return _fail(KeyboardInterrupt(), said)
    return code if isinstance(code, int) else 0


def _fail(error: BaseException, said: Sequence[str]) -> int:
    """Print an error in the project's style and return its exit code; help asked for is no error."""
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(str(error))
        return 0
    code = getattr(error, "exit_code", 1)
    if isinstance(error, TrackerError):
        shown = usage.completed(error, said)
    elif isinstance(error, typer.TyperException):
        shown = usage.mistake(error, said, _root_command())
    elif isinstance(error, typer.Abort | KeyboardInterrupt):
        shown, code = TrackerError("stopped", looked_at=("what was written before is whole",), hint=shlex.join(["tracker", *said])), INTERRUPTED
    elif isinstance(error, OSError):
        shown = TrackerError(f"{error.strerror or error}: `{error.filename or ''}`", hint=f"ls -ld {shlex.quote(str(error.filename or '.'))}")
    else:
        shown = TrackerError("not enough memory for this corpus", looked_at=("a smaller slice needs less",), hint="tracker list")
    note(shown.render())
    return code


def run() -> None:
    """Entry point of the installed script."""
    never_fail()
    sys.exit(main())


if __name__ == "__main__":
    run()
