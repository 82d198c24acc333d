"""What was written and from what: the manifest with the hash of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def manifest_text(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Return the manifest as JSON with sorted keys.

    Args:
        manifest: What the task knows: versions, recipe, corpus hash, speech ids, command line, warnings, time of the run.
        files: Path below the report's folder -> content of every other file.
    """
    whole = {**manifest, "files": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())}}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
