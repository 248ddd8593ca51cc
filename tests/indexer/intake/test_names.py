"""No two columns have one name, whatever a file calls them."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.intake.names import unique

NAMES = st.lists(st.sampled_from(["", "이름", "이름 (2)", "이름 (3)", "column 2", "값"]), max_size=9)


@given(NAMES)
def test_columns_are_told_apart_and_the_first_of_a_name_keeps_it(names: list[str]) -> None:
    found = unique(names)
    assert len(set(found)) == len(names)
    for name in filter(None, dict.fromkeys(names)):
        assert found[names.index(name)] in {name, *(f"{name} ({at})" for at in range(2, 10))}
        if name not in {f"column {at + 1}" for at, other in enumerate(names) if not other}:
            assert found[names.index(name)] == name


def test_a_number_that_another_column_has_is_not_given_twice() -> None:
    assert unique(["이름", "이름", "이름 (2)", ""]) == ["이름", "이름 (3)", "이름 (2)", "column 4"]
