"""What a number is called whose column leaves that to its dataset."""

import pytest

from app.naming import named
from search.documents import Column
from tests.app.tiny import dataset

VALUE = Column("값", "measure", "stock", None, "m0")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("동별 고령자 인구 현황", "고령자 인구"),
        ("등록인구(연령별 동별)", "등록인구"),
        ("등록인구 (연령별/동별) 통계", "등록인구"),
        ("등록인구(동별(2020))", "등록인구"),
        ("(연령별) 등록인구", "등록인구"),
        ("CARD_SUBWAY", "값"),
        ("(연령별 동별)", "값"),
    ],
)
def test_a_nameless_number_is_called_as_its_dataset_without_how_it_is_divided(title: str, name: str) -> None:
    assert named(dataset("d", [VALUE], [], title=title), VALUE).name == name


def test_of_several_nameless_numbers_none_takes_the_name() -> None:
    columns = [VALUE, Column("수치", "measure", "flow", None, "m1")]
    assert named(dataset("d", columns, [], title="고령자 인구"), VALUE).name == "값"
