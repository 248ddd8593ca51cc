"""Expected bodies as files, to be read in a change: ``RENEW_GOLDEN=1 pytest`` writes them anew."""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "golden"


def same_as_golden(name: str, found: Any) -> None:
    """Compare with ``tests/golden/<name>.json``, whole."""
    path = FOLDER / f"{name}.json"
    if os.environ.get("RENEW_GOLDEN") == "1":
        path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert json.loads(json.dumps(found)) == json.loads(path.read_text(encoding="utf-8"))
