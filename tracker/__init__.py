"""Which themes dated speeches emphasise, how the emphasis shifts, how sure one can be, and where it was said."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["TrackerError", "Workspace", "__version__", "open_workspace", "picture"]

_HOMES = {
    "open_workspace": "tracker.tasks.workspace",
    "Workspace": "tracker.tasks.workspace",
    "TrackerError": "tracker.errors",
    "picture": "tracker.tasks.pictures",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: `import tracker` itself loads nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module `tracker` has no attribute `{name}`; it has {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
