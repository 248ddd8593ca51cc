"""Group labels written only on the first row of their block (merged cells), filled down."""

import pandas as pd

from indexer.intake.cells import numbers
from indexer.intake.meaning.lexicon import is_total_word
from indexer.intake.period import looks_like_period


def fill_down(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Leading text columns whose blanks continue the label above them."""
    filled: list[str] = []
    columns = list(frame.columns)
    published = frame
    for place, name in enumerate(columns[:-1]):
        if not _is_inner_block(published, filled, name) and not _is_block_column(
            frame, columns[:place], name, columns[place + 1 :]
        ):
            if not (frame[name] != "").all():
                break
            continue
        # a label ends where the group to its left changes
        frame = frame.assign(**{name: _filled_down(frame, columns[:place], name)})
        filled.append(name)
    messages = [f"첫 행에만 적힌 묶음 이름을 아래로 채웠습니다({', '.join(filled)})"] if filled else []
    return frame, messages


def _filled_down(frame: pd.DataFrame, left: list[str], name: str) -> pd.Series:
    given = frame[name].where(frame[name] != "")
    if not left:
        return given.ffill().fillna("")
    outer = _joined(frame, left)
    return given.groupby((outer != outer.shift()).cumsum()).ffill().fillna("")


def _joined(frame: pd.DataFrame, names: list[str]) -> pd.Series:
    joined = frame[names[0]]
    for name in names[1:]:
        joined = joined + "\0" + frame[name]
    return joined


def _is_inner_block(frame: pd.DataFrame, filled: list[str], name: str) -> bool:
    """Blank nowhere but below a label of its own, in rows where the outer column is blank too."""
    if not filled:
        return False
    blank, outer = frame[name] == "", frame[filled[-1]] == ""
    labels = frame[name][~blank]
    return bool(blank.any()) and bool((blank <= outer).all()) and bool(numbers(labels).notna().mean() < 0.5)


def _begins(frame: pd.DataFrame, left: list[str], given: pd.Series) -> bool:
    """The first row has a label, or all rows above the first label are totals of wider groups (전국, 합계)."""
    first = int(given.to_numpy().argmax())
    above = frame.iloc[:first][left] if left else frame.iloc[:first]
    wholes = above.map(is_total_word).any(axis=1) if len(above.columns) else pd.Series(dtype=bool)
    return bool(given.any()) and (first == 0 or (len(left) > 0 and bool(wholes.all())))


def _is_block_column(frame: pd.DataFrame, left: list[str], name: str, rest: list[str]) -> bool:
    """Blank in a good part of the rows, never in the first, each label new, with figures to the right."""
    column = frame[name]
    given = column != ""
    share = 1 - given.mean()
    if not 0.3 <= share <= 0.985 or len(frame) < 4 or not _begins(frame, left, given):
        return False
    labels = column[given]
    # the first label of a new group may repeat the last one of the group before (소계, 소계)
    whole = _joined(frame[given], left) + labels if left else labels
    timed = all(map(looks_like_period, labels.unique()[:40]))
    if (numbers(labels).notna().mean() > 0.5 and not timed) or (
        whole.to_numpy()[1:] == whole.to_numpy()[:-1]
    ).any():
        return False
    # rows of a block have figures: a register with gaps in its first column has none, or gaps everywhere
    figures = [other for other in rest if numbers(frame[other]).notna().mean() > 0.5]
    full = [other for other in rest if (frame[other] != "").mean() > 0.95]
    return bool(figures) and len(full) >= 0.5 * len(rest)
