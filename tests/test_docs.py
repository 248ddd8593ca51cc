"""The README names everything a newcomer can use: commands, settings, make targets."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from indexer.cli import gbp
from settings import Settings, SettingsError

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(gbp.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`gbp {command}" in README


@pytest.mark.parametrize(
    "setting", sorted(set(re.findall(r"GBP_[A-Z_]+", (ROOT / "settings.py").read_text(encoding="utf-8"))))
)
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{setting}`" in README


@pytest.mark.parametrize(
    "target", re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)
def test_every_make_target_is_in_the_readme(target: str) -> None:
    assert f"`make {target}`" in README


def test_every_decision_is_listed_in_the_readme() -> None:
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert page.name in README


def test_pictures_of_the_readme_are_there() -> None:
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()


def test_settings_have_defaults() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    optional = {"opensearch_url", "opensearch_ca", "boundaries_file", "folder"}
    assert all(
        getattr(settings, one.name) is not None for one in fields(settings) if one.name not in optional
    )


def test_borders_lie_in_the_state_folder_unless_a_file_is_named(tmp_path: Path) -> None:
    assert Settings.from_env({"GBP_VAR": str(tmp_path)}).boundaries == tmp_path / "boundaries.geojson"
    named = Settings.from_env({"GBP_VAR": str(tmp_path), "GBP_BOUNDARIES": "/srv/dong.geojson"})
    assert named.boundaries == Path("/srv/dong.geojson")


@pytest.mark.parametrize(("name", "value"), [("GBP_PORT", "0"), ("GBP_PORT", "x"), ("GBP_OFFICIAL", "yes")])
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


def test_the_secret_is_never_shown() -> None:
    assert "hush" not in repr(Settings.from_env({"GBP_SECRET": "hush"}))
