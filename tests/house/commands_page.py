"""Writes docs/commands.md from the help of every command: `python tests/house/commands_page.py`."""

from __future__ import annotations

from pathlib import Path

import typer

from tracker.cli.app import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
WIDTH = 100


def commands_page() -> str:
    """The page as it should be."""
    root = typer.main.get_command(app)
    parts = ["# Commands\n\nWritten from the commands' own help; `tracker COMMAND --help` shows the same.\n"]
    for words, command in walk(root, ["tracker"]):
        context = command.make_context(" ".join(words), [], resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH)
        parts.append(f"## {' '.join(words)}\n\n```text\n{context.get_help().rstrip()}\n```\n")
    return "\n".join(parts)


def walk(command, words):
    """Every command below this one, with the words that call it."""
    yield words, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, [*words, name])


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
