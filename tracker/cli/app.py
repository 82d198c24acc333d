"""The `tracker` command: its commands, its help, and the one place where errors become text and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tracker.cli import add, compare, corpus, demo, fit, report, themes, view, words
from tracker.errors import TrackerError

MAIN_COMMANDS = ("demo", "add", "check", "themes", "fit", "compare", "report", "view")
_ABOUT = """Tell which themes dated speeches emphasise, how the emphasis shifts, how sure one can be, and where it was said.

Begin with `tracker demo my-first-report`, or with your own files: `tracker add FOLDER`, then `tracker report`.
"""


class _TwoSections(TyperGroup):
    """Help with the eight commands of the main job first and the rest under More."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        shown = {name: command for name in self.list_commands(ctx) if (command := self.get_command(ctx, name)) and not command.hidden}
        limit = formatter.width - 6 - max(map(len, shown))
        for heading, names in (("Commands", MAIN_COMMANDS), ("More", [n for n in shown if n not in MAIN_COMMANDS])):
            with formatter.section(heading):
                formatter.write_dl([(name, shown[name].get_short_help_str(limit)) for name in names])


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


for _module in (demo, add, corpus, themes, fit, compare, words, report, view):
    _module.register(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; never a traceback for what a user can cause.

    Args:
        argv: The words after `tracker`; `sys.argv` when None.

    Returns:
        0 done, 1 a TrackerError, 2 usage, 3 done in part, 130 interrupted.
    """
    command = typer.main.get_command(app)
    try:
        code = command.main(args=None if argv is None else list(argv), prog_name="tracker", standalone_mode=False)
    except TrackerError as error:
        return _complain(error.render(), error.exit_code)
    except typer.TyperException as error:
        return _usage(error)
    except (KeyboardInterrupt, typer.Abort):
        return _complain("stopped; what was written before stays whole", 130)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except MemoryError:
        return _complain(TrackerError("not enough memory for this corpus", hint="tracker compare 2022 2023 (a smaller slice)").render(), 1)
    return code if isinstance(code, int) else 0


def run() -> None:
    """Entry point of the installed script."""
    sys.exit(main())


def _usage(error: Any) -> int:
    """Print a mistake in the words of a command line in the project's error style; help asked for is no mistake."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(context.get_help() if context is not None else "")
        return 0
    path = context.command_path if context is not None else "tracker"
    return _complain(TrackerError(error.format_message().rstrip("."), hint=f"{path} --help").render(), error.exit_code)


def _complain(text: str, code: int) -> int:
    typer.echo(text, err=True)
    return code


if __name__ == "__main__":
    run()
