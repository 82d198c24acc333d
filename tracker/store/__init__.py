"""The corpus on disk (SQLite): add, get, iterate, search, check and repair; nothing that was read is ever lost."""

from __future__ import annotations

from tracker.store.cache import Cache
from tracker.store.corpus import Outcome, Store
from tracker.store.opening import VERSION, open_store

__all__ = ["VERSION", "Cache", "Outcome", "Store", "open_store"]
