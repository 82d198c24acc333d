"""The commands by name, each loaded when it is called: `tracker --help` and one command cost no other's imports."""

from __future__ import annotations

import os
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand

# name -> (module of tracker.cli, first paragraph of its help); a test keeps the paragraphs equal to the docstrings
SHELF: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Make a workspace with texts in it, write its report, and say what to try next."),
    "add": ("add", "Read files into the corpus; adding the same file again changes nothing."),
    "init": ("corpus", "Make an empty workspace: settings, themes to edit, an empty corpus."),
    "list": ("corpus", "List the speeches: id, date and how it is known, speaker, title."),
    "show": ("corpus", "Show one speech with who is heard in every sentence."),
    "set": ("corpus", "Correct a speech; what you say outlives later readings of the file. Example: tracker set 3fa9c1 date=2023-09-07."),
    "remove": ("corpus", "Take speeches out of the corpus; adding the file again brings them back with your corrections."),
    "check": ("corpus", "List what needs a human eye: dates and kinds that were inferred, conflict or are missing."),
    "search": ("search", "Find words in the texts: each place with what stands around it, speech, date and who is heard."),
    "fit": ("fit", "Fit TF-IDF and LDA topics on the corpus (2 speeches or more; small ones are marked illustrative)."),
    "compare": ("compare", "Compare two periods: what these texts say, how each theme shifted, and how sure one can be."),
    "words": ("words", "Rank the words that mark AFTER off from BEFORE, and back, by weighted log-odds; starred: they pass a test over speeches."),
    "phrases": ("phrases", "List phrases of two to five words: what is new, what is not said any more, what is said most, counted word by word and quoted."),
    "trend": ("trend", "Follow themes over periods or groups: each against all others, trend and change point where there are enough."),
    "novelty": ("novelty", "Find speeches that broke with what came before, and say whether it lasted; 15 speeches or more."),
    "report": ("report", "Write a theme report: page, charts, data and the numbers behind them, in reports/."),
    "view": ("view", "Show the reports in the browser from a local server; Ctrl-C ends it. With --json only the list of reports is printed."),
    "diff": ("diff", "Say what changed between two reports, and because of which speeches."),
    "replay": ("replay", "Make a report again from the same speeches, settings, themes and topic model, and compare every byte; exit code 3 when it differs."),
    "lock": ("lock", "Fix the settings and the themes before you look: comparisons and reports then say `locked on DATE`, and what was changed since."),
    "export": ("export", "Write all speeches with everything known of them as a table; `tracker add` takes it back unchanged."),
    "doctor": ("doctor", "Examine versions, extras and fonts, and inside a workspace every text, reference and index of its corpus."),
    "themes": ("themes", "List the named themes of themes.toml with how often the corpus mentions them."),
    "topics": ("topics", "List the fitted topics: name, words, share, stability and a verbatim quote."),
}


class Commands(MutableMapping[str, Any]):
    """Name to command, in the order of the help."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            holder = typer.Typer(rich_markup_mode=None)
            import_module(f"tracker.cli.{SHELF[name][0]}").register(holder)
            holder.registered_commands = [one for one in holder.registered_commands if one.name == name]
            self._loaded[name] = lightened(typer.main.get_group(holder).commands[name])
        return self._loaded[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in SHELF

    def __iter__(self) -> Iterator[str]:
        return iter(SHELF)

    def __len__(self) -> int:
        return len(SHELF)


class _AsItStands:
    """Takes the words of a command line as they stand where nothing is to be made of them; the rest is left to typer, which loads pydantic for it."""

    def __init__(self, parameter: Any) -> None:
        self._typers = parameter.get_runtime_param
        kind, said = parameter.type_descriptor, parameter.type_descriptor.parameter_info
        checked = kind.is_ranged or kind.is_choice or said.parser or said.exists or said.resolve_path or said.allow_dash or said.path_type or said.writable
        self._type = None if checked or not (said.file_okay and said.dir_okay) else kind.annotation

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if type(value) is self._type and self._type in (str, int, float, bool):
            return value
        if self._type == list[str] and isinstance(value, list | tuple) and all(type(word) is str for word in value):
            return list(value)
        if self._type is Path and isinstance(value, str | Path) and (not Path(value).exists() or os.access(value, os.R_OK)):
            return Path(value)
        return self._typers().coerce(value, param=param, ctx=ctx)


def lightened(command: Any) -> Any:
    """Return the command with options that are taken as they stand, and so those below it that are loaded."""
    typers = command.get_params  # with --help, which is none of command.params

    def get_params(ctx: Any) -> list[Any]:
        parameters: list[Any] = typers(ctx)
        for parameter in parameters:
            if "get_runtime_param" not in vars(parameter):
                plain = _AsItStands(parameter)
                parameter.get_runtime_param = lambda plain=plain: plain
        return parameters

    command.get_params = get_params
    below = getattr(command, "commands", {})
    for name in () if isinstance(below, Commands) else below:
        lightened(below[name])
    return command


def short_help(name: str, limit: int) -> str:
    """Return the line that the list of commands shows, without loading the command."""
    return TyperCommand(name=name, help=SHELF[name][1]).get_short_help_str(limit)
