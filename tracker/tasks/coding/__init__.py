"""Themes held against human readers: passages to code, what coders said, and what that says of the list."""

from __future__ import annotations

from tracker.tasks.coding.belonging import Forgotten, forget
from tracker.tasks.coding.sample import SampleChoices, SampleResult, sample
from tracker.tasks.coding.score import score

__all__ = ["Forgotten", "SampleChoices", "SampleResult", "forget", "sample", "score"]
