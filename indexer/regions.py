"""The legal dong of each dong, by which people call it: 천호1동 lies in 천호동 (mappings/regions.json)."""

import json
from importlib.resources import files


def legal_dong() -> dict[str, tuple[str, ...]]:
    """Common name of a dong of the district to its legal dong and the district itself."""
    tree = json.loads(files("mappings").joinpath("regions.json").read_text(encoding="utf-8"))
    return {dong["name"]: (*dong["legal"], tree["district"]["name"]) for dong in tree["dong"]}
