"""What single cells hold: blanks in all their spellings, numbers in all theirs."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# marks for "none", "not yet", "withheld" in Korean statistics and in programs' exports
BLANKS = frozenset(
    [
        "-",
        "–",
        "—",
        "―",
        "*",
        "**",
        "x",
        "…",
        "...",
        "..",
        "·",
        "･",
        "null",
        "none",
        "nan",
        "n/a",
        "na",
        "#n/a",
        "\\n",
        "없음",
        "해당없음",
        "미상",
        "#div/0!",
        "#ref!",
        "#value!",
        "#name?",
        "?",
        ".",
    ]
)
_LONGEST_BLANK = max(map(len, BLANKS))
_UNIT = r"(?:명|건|대|개소|개|면|석|실|동|층|병상|km²|㎢|mm|t|원|%|％|㎡|세대|가구|호|인|톤|천원|백만원|억원|곳|회|권|ha|km|㎞|m|kg)?"
# "p", "p)", "(p)", "e", "r" mark provisional, estimated and revised figures
_MARK = r"(?:\s*\(?[per]\)?|\*{1,2})?"
_NUMBER = re.compile(
    rf"^([-+−△▲]?)\s*(\d{{1,3}}(?:,\d{{3}})+|\d+)?(\.\d*)?(?:[eE]([+-]?\d+))?\s*{_UNIT}{_MARK}$"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


def is_blank_mark(text: str) -> bool:
    if len(text) > _LONGEST_BLANK and " " not in text:
        return False
    return not text or text.lower().replace(" ", "") in BLANKS


def number(text: str) -> float | None:
    """The number a cell holds, or None: ``1,234``, ``△5``, ``12.3%``, ``1,234 p)``, ``"65,246"``."""
    cleaned = text.strip(" \"'\t").translate(_FULL_WIDTH)
    match = _NUMBER.match(cleaned)
    if not match or not (match[2] or match[3]) or (match[3] == "." and not match[2]):
        return None
    value = float(f"{(match[2] or '0').replace(',', '')}{match[3] or ''}e{match[4] or 0}")
    return -value if match[1] in ("-", "−", "△", "▲") else value


def numbers(column: pd.Series) -> pd.Series:
    """All cells of a column as float64, NaN where a cell is blank or holds no number."""
    texts = pa.array(column, type=pa.string())
    bare = pc.replace_substring_regex(texts, r"^(-?\d{1,3}(?:,\d{3})+)(\.\d+)?$", r"\1\2")
    bare = pc.replace_substring(
        pc.if_else(pc.match_substring_regex(bare, r"^-?[\d,]+(\.\d+)?$"), bare, ""), ",", ""
    )
    # "1,2" is no number with a thousands comma: left to the slow, careful reading below
    odd = pc.or_(pc.match_substring_regex(texts, r",(\d{0,2}|\d{4,})(,|\.|$)"), pc.equal(bare, ""))
    values = pc.cast(pc.if_else(odd, pa.scalar(None, pa.string()), bare), pa.float64())
    # pyarrow hands out read-only memory
    result = np.array(values.to_numpy(zero_copy_only=False), dtype="float64")
    # nothing that begins with a letter is a number: most cells of words need no careful reading
    possible = pc.match_substring_regex(texts, r"^[^A-Za-zㄱ-ㅎ가-힣(\[<]")
    rest = np.flatnonzero(pc.and_(odd, possible).to_numpy(zero_copy_only=False))
    if len(rest):
        cells = column.to_numpy(dtype=object)[rest]
        known = {text: number(text) for text in set(cells)}
        result[rest] = [np.nan if known[text] is None else known[text] for text in cells]
    return pd.Series(result, index=column.index)
