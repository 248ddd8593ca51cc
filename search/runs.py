"""Columns cut into unbroken runs of letters and digits (text.cut), many values at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from search import text
from search.batch import TEXT, laid, listed, mapped, present, texts

_UNUSUAL = r"[^\x00-\x7f가-힣]"


def _plain_byte(byte: int) -> int:
    letter = bytes((byte,))
    return letter.lower()[0] if letter.isalnum() or not letter.isascii() else ord(" ")


_PLAIN = np.array([_plain_byte(byte) for byte in range(256)], np.uint8)
"""What becomes of each byte of a text of ASCII and 가-힣: bytes of syllables stay as they are."""


@dataclass(frozen=True)
class Runs:
    """``lists`` holds the runs of each distinct value, ``places`` which of them each row has (null: none)."""

    lists: pa.ListArray
    places: pa.Array

    @classmethod
    def of(cls, values: pa.Array) -> "Runs":
        encoded = values.dictionary_encode()
        return cls(_cut(encoded.dictionary), encoded.indices)

    def each(self, made: Callable[[str], tuple[str, ...]], parts: int) -> tuple[pa.ListArray, ...]:
        """What is made of each run, ``parts`` texts, as so many lists; made once for equal runs."""

        def of_run(run: str) -> tuple[str, ...]:
            return made(run) if run else ("",) * parts  # of a value without letters and digits

        offsets = self.lists.offsets
        return tuple(
            pa.ListArray.from_arrays(offsets, one) for one in mapped(self.lists.values, of_run, parts)
        )

    def joined(self, lists: pa.ListArray, by: str) -> pa.Array:
        """For each distinct value what its list holds that is not blank, joined; null where there is nothing."""
        there = pc.not_equal(lists.values, "")
        if not pc.any(there).as_py():
            return pa.nulls(len(lists), TEXT)
        return present(pc.binary_join(_filled(lists, there), pa.scalar(by, TEXT)))

    def placed(self, made: pa.Array) -> pa.Array:
        """For each row what was made of its value; a row without one has null."""
        return made.take(self.places)

    def seams(self) -> pa.ListArray:
        """Bigrams that arise where the runs of a value are joined (text.seams)."""
        runs = self.lists.values
        if len(runs) == 0:
            return self.lists
        last = pc.utf8_slice_codeunits(runs, -1, None)
        first = pc.utf8_slice_codeunits(runs, 0, 1)
        following = pa.concat_arrays([first.slice(1), texts([""])])
        pairs = pc.binary_join_element_wise(last, following, pa.scalar("", TEXT))
        ends = pa.array(_ends(self.lists), pa.bool_())
        return pa.ListArray.from_arrays(self.lists.offsets, pc.if_else(ends, pa.scalar("", TEXT), pairs))


def _filled(lists: pa.ListArray, there: pa.Array) -> pa.ListArray:
    """The lists with only those of their values that are there."""
    if pc.all(there).as_py():
        return lists
    before = np.concatenate(([0], np.cumsum(there.to_numpy(zero_copy_only=False))))
    offsets = pa.array(before[lists.offsets.to_numpy()], pa.int32())
    return pa.ListArray.from_arrays(offsets, lists.values.filter(there))


def _ends(lists: pa.ListArray) -> list[bool]:
    """Of each run whether it is the last of its value."""
    found = [False] * len(lists.values)
    for after in lists.offsets.to_pylist()[1:]:
        found[after - 1] = True
    return found


def _cut(values: pa.Array) -> pa.ListArray:
    """The runs of each value."""
    unusual = pc.match_substring_regex(values, _UNUSUAL)
    if pc.any(unusual).as_py():
        odd = values.filter(unusual)
        spaced = texts([" ".join(text.cut(value)) for value in listed(odd)])
        values = pc.replace_with_mask(values, unusual, spaced)
    return pc.ascii_split_whitespace(pc.ascii_trim_whitespace(_plain(values)))


def _plain(values: pa.Array) -> pa.Array:
    """Letters small, signs blanks: letter by letter, so that the bytes of all texts are changed at once."""
    places, data = laid(values)
    changed = _PLAIN[np.frombuffer(data, np.uint8, int(places[-1]))]
    return pa.LargeStringArray.from_buffers(len(values), pa.py_buffer(places), pa.py_buffer(changed))
