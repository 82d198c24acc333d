"""The errors a user can cause, each with what happened and a literal command that helps."""

from __future__ import annotations


class TrackerError(Exception):
    """A failure that the user can act on.

    Args:
        message: What happened, with the value, in one line; literal names stand in backticks.
        looked_at: What was looked at, one short line each; printed indented below the message.
        hint: A literal command (or a file to edit) that helps; printed after a blank line.

    Example:
        >>> print(TrackerError("no date in `a.txt`", hint="tracker set 3fa9c1 date=2023-09-07").render())
        error: no date in `a.txt`
        <BLANKLINE>
        hint: tracker set 3fa9c1 date=2023-09-07
    """

    exit_code = 1

    def __init__(self, message: str, *, looked_at: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.looked_at = looked_at
        self.hint = hint

    def render(self) -> str:
        """Return the whole text as it is printed to stderr, without a final newline."""
        lines = [f"error: {self.message}", *(f"  {line}" for line in self.looked_at)]
        if self.hint:
            lines += ["", f"hint: {self.hint}"]
        return "\n".join(lines)


class SourceError(TrackerError):
    """One source (file, table row, stream) could not be read; the others go on."""


class CorpusError(TrackerError):
    """The corpus on disk is missing, locked, damaged or newer than this version."""


class ThemesError(TrackerError):
    """`themes.toml` cannot be used as it stands."""


class RecipeError(TrackerError):
    """A setting in `tracker.toml`, an environment variable or a flag is not usable."""


class QueryError(TrackerError):
    """A search cannot be parsed."""


class SliceError(TrackerError):
    """A slice cannot be parsed, holds no speech, or overlaps the other."""
