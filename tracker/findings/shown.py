"""Records that a notebook shows as a table."""

from __future__ import annotations


class Shown:
    """A record with a table for notebooks, made when it is asked for."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from tracker.findings.notebook import table_of

        return table_of(self)
