"""What was written and from what: the manifest with the hash of every file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def manifest_text(manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    """Return the manifest as JSON with sorted keys.

    Args:
        manifest: What the task knows: versions, recipe, corpus hash, speech ids, command line, warnings, time of the run.
        hashes: Path below the report's folder -> SHA-256 of every other file.
    """
    whole = {**manifest, "files": dict(sorted(hashes.items()))}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
