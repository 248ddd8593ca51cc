"""Imports point one way (design §3): a newcomer may trust the folder names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "mappings": set(),
    "sources": {"settings"},
    "catalogue": {"settings"},
    "search": {"mappings"},
    "indexer": {"sources", "search", "mappings", "catalogue", "settings"},
    "app": {"search", "mappings", "catalogue", "settings"},
    "settings": set(),
}
OURS = set(MAY_IMPORT) | {"templates", "tests", "benchmarks"}
ONLY_IN = {"opensearchpy": "search/opensearch/", "tantivy": "search/embedded/"}


def modules() -> list[Path]:
    found = [path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py")]
    return [*found, ROOT / "settings.py"]


def imported(path: Path) -> Iterator[str]:
    """Top-level packages a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield (node.module or "").split(".")[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_room_imports_only_what_the_design_lets_it(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert set(imported(path)) & OURS - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize(("library", "home"), ONLY_IN.items())
def test_an_engine_library_is_imported_in_one_folder_only(library: str, home: str) -> None:
    users = {name(path) for path in modules() if library in set(imported(path))}
    assert users
    assert all(user.startswith(home) for user in users)


def test_only_settings_reads_the_environment() -> None:
    reading = re.compile(r"\bos\.environ\b|\bgetenv\b|^from os import .*environ", re.MULTILINE)
    readers = {name(path) for path in modules() if reading.search(path.read_text(encoding="utf-8"))}
    assert readers == {"settings.py"}


def test_modules_are_rarely_longer_than_a_few_screens() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert sum(length > 300 for length in lengths.values()) <= 3
    assert max(lengths.values()) <= 330
