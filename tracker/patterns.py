"""Regular expressions that are compiled when they are first used: the large ones cost more than a light command may take."""

from __future__ import annotations

import re
from typing import Any, cast

NAMES_HELD = 256  # names whose patterns are remembered: up to a quarter of a megabyte each, and a corpus may have thousands


class _Later:
    """Stands for a compiled pattern; what it is asked for is kept, so that only the first call pays."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        compiled = self._compiled = self._compiled or re.compile(self.pattern, self._flags)
        held = getattr(compiled, name)
        setattr(self, name, held)
        return held


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns, compiled when it is first used; a mistake in it shows only then.

    Args:
        source: The regular expression.
        flags: Of `re`.

    Example:
        >>> regex("port|quay").findall("the quay and the port")
        ['quay', 'port']
    """
    return cast("re.Pattern[str]", _Later(source, flags))
