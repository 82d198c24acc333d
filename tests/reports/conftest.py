"""Fabricated reports for every test of this folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reports"))


@pytest.fixture(scope="session")
def two():
    from content_samples import two_speeches

    return two_speeches()


@pytest.fixture(scope="session")
def many():
    from content_many import many_speeches

    return many_speeches()


@pytest.fixture(scope="session")
def files(two):
    from whole_report import report_files

    return report_files(two, json_text='{"schema": "x"}\n')


@pytest.fixture(scope="session")
def many_files(many):
    from whole_report import report_files

    return report_files(many, json_text="{}\n")
