"""The looks of others that the portal serves are what they claim to be and ask nobody else for anything."""

import json
import re
from pathlib import Path

import pytest

from app.vendoring import MANIFEST, PACKAGES, VENDOR, Package, manifest, references

SHEETS = sorted(VENDOR.rglob("*.css"))
ELSEWHERE = re.compile(r"(?:https?:)?//[\w.-]+\.\w+")
NAMESPACE = "http://www.w3.org/2000/svg"


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    assert json.loads((VENDOR / MANIFEST).read_text(encoding="utf-8")) == manifest(VENDOR)


def test_no_file_lies_outside_the_listed_packages() -> None:
    listed = {name for package in manifest(VENDOR) for name in _files(package)}
    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert found - listed == {MANIFEST}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_package_keeps_its_licence(package: Package) -> None:
    folder = VENDOR / package.folder
    texts = [path for path in (folder / "LICENSE.txt", folder / "NOTICE.txt") if path.is_file()]
    assert texts
    assert all(path.stat().st_size > 200 for path in texts)


def test_the_notice_names_both_licence_statements_of_krds() -> None:
    notice = (VENDOR / "krds" / "NOTICE.txt").read_text(encoding="utf-8")
    assert "ISC" in notice
    assert "이용약관" in notice


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_sheet_names_another_site(sheet: Path) -> None:
    css = sheet.read_text(encoding="utf-8").replace(NAMESPACE, "")
    assert ELSEWHERE.findall(css) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_everything_a_style_sheet_asks_for_is_here(sheet: Path) -> None:
    wanted = references(sheet.read_text(encoding="utf-8"))
    assert {name for name in wanted if not (sheet.parent / name).is_file()} == set()


def test_the_style_sheets_the_pages_use_are_vendored() -> None:
    assert {sheet.name for sheet in SHEETS} == {
        "output.css",
        "krds_tokens.css",
        "pretendardvariable-gov-dynamic-subset.css",
    }


def test_references_are_found_in_every_spelling_and_data_is_left_alone() -> None:
    css = '@import "a.css"; b{src:url(./b.woff2)} c{x:url("c.svg")} d{x:url(data:image/svg+xml;x)}'
    assert references(css) == {"a.css", "./b.woff2", "c.svg"}


def _files(package: dict[str, object]) -> list[str]:
    files = package["files"]
    assert isinstance(files, dict)
    return list(files)
