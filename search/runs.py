"""Columns cut into unbroken runs of letters and digits (text.cut), many values at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from search import text
from search.batch import TEXT, laid, listed, mapped, present, texts

Flags = npt.NDArray[np.bool_]

_UNUSUAL = r"[^\x00-\x7f가-힣]"
_NUMBER = r"[0-9]"
_NOTHING = pa.scalar("", TEXT)


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

    @cached_property
    def are_numbers(self) -> Flags:
        """Of each distinct value whether all its runs are numbers: such are found whole, not by bigrams."""
        others = np.concatenate(([0], np.cumsum(~self._are_digits)))
        found: Flags = np.diff(others[self._offsets]) == 0
        return found

    def worded(self, lists: pa.ListArray) -> pa.ListArray:
        """Lists of something for each run, without what is of values that are numbers."""
        if not self.are_numbers.any():
            return lists
        numbers = pa.array(np.repeat(self.are_numbers, np.diff(self._offsets)))
        return pa.ListArray.from_arrays(lists.offsets, pc.if_else(numbers, _NOTHING, lists.values))

    def with_numbers(self, lists: pa.ListArray) -> pa.ListArray:
        """Lists of something for each run, with the runs themselves where they are numbers."""
        values = pc.if_else(pa.array(self._are_digits), self.lists.values, lists.values)
        return pa.ListArray.from_arrays(lists.offsets, values)

    def singles(self) -> pa.ListArray:
        """Of each run what is found only where it stands alone (text.singles), blank-separated.

        Behind the last of several numbers in a row all of them as one.
        """
        runs, digits = self.lists.values, pa.array(self._are_digits)
        alone = pc.or_(digits, pc.equal(pc.utf8_length(runs), 1))
        found = pc.if_else(alone, runs, _NOTHING)
        mixed = pc.and_not(pc.match_substring_regex(runs, _NUMBER), alone)
        if pc.any(mixed).as_py():
            (held,) = mapped(pc.if_else(mixed, runs, _NOTHING), _numbers, 1)
            found = pc.if_else(mixed, held, found)
        rows = self._in_rows()
        found = pc.binary_join_element_wise(found, rows, pa.scalar(" ", TEXT), null_handling="skip")
        return pa.ListArray.from_arrays(self.lists.offsets, found)

    def _in_rows(self) -> pa.Array:
        """For each run that is the last of several numbers in a row all of them put together, null for others."""
        digits = self._are_digits
        places = np.arange(len(digits))
        apart = np.zeros(len(digits) + 1, np.bool_)
        apart[self._offsets] = True  # values begin and end there
        starts = places[digits & (apart[:-1] | ~np.concatenate(([False], digits[:-1])))]
        ends = places[digits & (apart[1:] | ~np.concatenate((digits[1:], [False])))]
        several = ends > starts
        starts, ends = starts[several], ends[several]
        sizes = ends - starts + 1
        offsets = np.concatenate(([0], np.cumsum(sizes)))
        held = self.lists.values.take(
            pa.array(np.repeat(starts - offsets[:-1], sizes) + np.arange(offsets[-1]))
        )
        joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), held), _NOTHING)
        which = np.full(len(digits), -1)
        which[ends] = np.arange(len(ends))
        return joined.take(pa.array(which, mask=which < 0))

    @cached_property
    def _are_digits(self) -> Flags:
        """Of each run whether it is a number (text.is_digits)."""
        found: Flags = pc.ascii_is_decimal(self.lists.values).to_numpy(zero_copy_only=False)
        return found

    @cached_property
    def _offsets(self) -> npt.NDArray[np.int64]:
        found: npt.NDArray[np.int64] = self.lists.offsets.to_numpy().astype(np.int64)
        return found

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


def _numbers(run: str) -> tuple[str]:
    return (" ".join(text.numbers(run)),)


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
