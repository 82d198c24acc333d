"""The documentation covers what exists, and only that."""

from __future__ import annotations

import re
from pathlib import Path

import typer
from commands_page import commands_page

from tracker.cli.app import MAIN_COMMANDS, app

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_and_option_is_documented_as_its_help_says():
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page(), "write it again: python tests/house/commands_page.py"


def test_the_eight_commands_of_the_main_job_exist_and_stand_in_the_readme():
    names = set(typer.main.get_command(app).commands)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(MAIN_COMMANDS) <= names
    assert [name for name in MAIN_COMMANDS if f"tracker {name}" not in readme] == []


def test_the_glossary_has_every_word_of_the_vocabulary():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = [
        "speech",
        "corpus",
        "event",
        "passage",
        "unit",
        "token",
        "term",
        "theme",
        "topic",
        "prevalence",
        "shift",
        "keyness",
        "period",
        "slice",
        "voice",
        "scope",
        "finding",
        "evidence",
        "caveat",
        "recipe",
    ]
    assert [word for word in words if not re.search(rf"^\*\*{word}\*\*", glossary, re.MULTILINE)] == []


def test_relative_links_of_the_documentation_lead_somewhere():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    broken = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []
