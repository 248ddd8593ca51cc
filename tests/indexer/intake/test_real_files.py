"""A handful of real published files, read in place where they are at hand."""

import json
import unicodedata
from pathlib import Path

import pytest

from indexer.intake import take
from indexer.intake.report import as_json

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = [
    "서울시 여권 발급.csv",
    "CCTV_in_Seoul.csv",
    "01. population_in_Seoul.xls",
    "rn_2019.xls.xlsx",
    "subway_fee.csv",
]

pytestmark = pytest.mark.skipif(not (DATA / "truth.json").exists(), reason="shared/data is not at hand")


@pytest.mark.parametrize("name", FILES)
def test_real_files_are_read_as_a_statistician_would(name: str) -> None:
    truths = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
    truth = next(t for t in truths if unicodedata.normalize("NFC", t["file"]) == name)
    said = as_json(take(name, (DATA / "real" / truth["file"]).read_bytes(), records=False))
    keys = ("rows", "total_rows", "wide", "years", "region_level")
    assert {key: said[key] for key in keys} == {key: truth[key] for key in keys}
    assert set(said["total_columns"]) == set(truth["total_columns"])
