"""Brings the looks of others into ``app/static/vendor``: ``python -m app.vendoring``.

For maintainers only, and the only step that needs npm and the network. What it copies is committed, so
neither a run nor a test of the portal needs either. Files are copied as published; ``VENDOR.json`` says
where each comes from and what it hashes to.
"""

import hashlib
import json
import posixpath
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import click

VENDOR = Path(__file__).parent / "static" / "vendor"
MANIFEST = "VENDOR.json"

KRDS_NOTICE = """\
KRDS (대한민국 디지털 정부 디자인 시스템) HTML component kit, npm package krds-uiux {version}
==================================================================================

The package states its licence twice, and the two differ; it ships no licence file:

1. package.json: "license": "ISC"
2. README.md, 저작권 및 라이선스: "본 패키지는 대한민국 디지털 정부 디자인 시스템(KRDS)의 이용약관을 따름."
   (terms of use, on the KRDS site under 저작권: www.krds.go.kr)

An office that runs this portal should read the terms of use. The style sheets, their tokens and the icons
they name are unchanged copies. The scripts, the fonts and the "cdn" files of the package are not used.
"""

_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


@dataclass(frozen=True)
class Package:
    """A package on the registry, and which of its files the portal serves."""

    name: str
    version: str
    licence: str
    folder: str
    root: str
    wanted: Callable[[Path], Iterable[str]]
    licence_file: str | None = None
    notice: str | None = None


def references(css: str) -> set[str]:
    """Return the addresses a style sheet asks the browser for, data kept in the address left out."""
    return {found for found in _URL.findall(css) if not found.startswith("data:")}


def with_references(*sheets: str) -> Callable[[Path], Iterable[str]]:
    """Choose these style sheets and every file they name."""

    def wanted(root: Path) -> Iterable[str]:
        for sheet in sheets:
            yield sheet
            folder = posixpath.dirname(sheet)
            for found in references((root / sheet).read_text(encoding="utf-8")):
                yield posixpath.normpath(posixpath.join(folder, found))

    return wanted


PACKAGES = (
    Package(
        name="krds-uiux",
        version="1.1.0",
        licence="ISC (package.json); KRDS 이용약관 (README.md)",
        folder="krds",
        root="package/resources",
        wanted=with_references("css/component/output.css"),
        notice=KRDS_NOTICE,
    ),
    Package(
        name="pretendard-gov",
        version="1.3.9",
        licence="OFL-1.1",
        folder="pretendard-gov",
        root="package/dist/web/variable",
        wanted=with_references("pretendardvariable-gov-dynamic-subset.css"),
        licence_file="package/dist/LICENSE.txt",
    ),
)


def fetch(package: Package, into: Path) -> Path:
    """Download and unpack a package; npm checks it against the registry's hash."""
    into.mkdir()
    subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", into, f"{package.name}@{package.version}"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = into.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(into, filter="data")
    return into


def copy(package: Package, unpacked: Path, vendor: Path) -> None:
    """Replace the package's folder under ``vendor`` by the files the portal needs."""
    target = vendor / package.folder
    shutil.rmtree(target, ignore_errors=True)
    root = unpacked / package.root
    for name in sorted(set(package.wanted(root))):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target / name)
    if package.licence_file:
        shutil.copyfile(unpacked / package.licence_file, target / "LICENSE.txt")
    if package.notice:
        (target / "NOTICE.txt").write_text(package.notice.format(version=package.version), encoding="utf-8")


def manifest(vendor: Path) -> list[dict[str, object]]:
    """List every package with its files and their SHA-256."""
    return [
        {
            "package": package.name,
            "version": package.version,
            "licence": package.licence,
            "files": {
                path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted((vendor / package.folder).rglob("*"))
                if path.is_file()
            },
        }
        for package in PACKAGES
    ]


@click.command()
def main() -> None:
    """Fetch the packages, copy what is needed and write VENDOR.json."""
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            click.echo(f"{package.name} {package.version}")
            copy(package, fetch(package, Path(folder) / package.folder), VENDOR)
    text = json.dumps(manifest(VENDOR), ensure_ascii=False, indent=1)
    (VENDOR / MANIFEST).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
