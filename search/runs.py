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
_NOTHING = pa.scalar("", TEXT)


def _plain_byte(byte: int) -> int:
    letter = bytes((byte,))
    return letter.lower()[0] if letter.isalnum() or not letter.isascii() else ord(" ")


_PLAIN = np.array([_plain_byte(byte) for byte in range(256)], np.uint8)
"""What becomes of each byte of a text of ASCII and 가-힣: bytes of syllables stay as they are."""

_DIGITS = np.array([chr(byte) in "0123456789" for byte in range(256)])
_FIRST_BYTES = np.array([byte & 0b1100_0000 != 0b1000_0000 for byte in range(256)])
"""Those with which a character begins (UTF-8)."""


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
        there = np.diff(laid(lists.values)[0]) > 0
        if not there.any():
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

        Behind the last of several numbers in a row all of them as one, behind a year the day that begins with it.
        """
        runs = self.lists.values
        alone = self._are_digits | (self._counted(_FIRST_BYTES) == 1)
        found = pc.if_else(pa.array(alone), runs, _NOTHING)
        mixed = (self._digits > 0) & ~alone
        if mixed.any():
            chosen = pa.array(mixed)
            (held,) = mapped(runs.filter(chosen), _numbers, 1)
            found = pc.replace_with_mask(found, chosen, held)
        rows = self._in_rows()
        if rows is not None:
            more = filter(None, (rows, self._days(rows)))
            found = pc.binary_join_element_wise(found, *more, pa.scalar(" ", TEXT), null_handling="skip")
        return pa.ListArray.from_arrays(self.lists.offsets, found)

    def _in_rows(self) -> pa.Array | None:
        """For each run that is the last of several numbers in a row all of them put together, null for others."""
        digits = self._are_digits
        apart = np.zeros(len(digits) + 1, np.bool_)
        apart[self._offsets] = True  # values begin and end there
        starts = np.flatnonzero(digits & (apart[:-1] | ~np.concatenate(([False], digits[:-1]))))
        ends = np.flatnonzero(digits & (apart[1:] | ~np.concatenate((digits[1:], [False]))))
        several = ends > starts
        if not several.any():
            return None
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

    def _days(self, rows: pa.Array) -> pa.Array | None:
        """For each run with which a day begins (text.as_day) the day, unless its row of numbers is that already."""
        digits, sizes = self._are_digits, np.diff(laid(self.lists.values)[0])
        apart = np.zeros(len(digits) + 1, np.bool_)
        apart[self._offsets] = True
        short = digits & (sizes <= text.MONTH_FIGURES)
        years = (digits & (sizes == text.YEAR_FIGURES))[:-2]
        begun = np.flatnonzero(years & short[1:-1] & short[2:] & ~apart[1:-2] & ~apart[2:-1])
        if not len(begun):
            return None
        parts = (self.lists.values.take(pa.array(begun + at)) for at in range(text.DAY_NUMBERS))
        named = pc.binary_join_element_wise(*parts, pa.scalar(" ", TEXT))
        (made,) = mapped(named, lambda numbers: (text.as_day(numbers),), 1)
        whole = rows.take(pa.array(begun + text.DAY_NUMBERS - 1)).fill_null("")
        there = pc.and_(pc.not_equal(made, ""), pc.not_equal(made, whole)).to_numpy(zero_copy_only=False)
        which = np.full(len(digits), -1)
        which[begun[there]] = np.flatnonzero(there)
        return made.take(pa.array(which, mask=which < 0))

    @cached_property
    def _are_digits(self) -> Flags:
        """Of each run whether it is a number (text.is_digits)."""
        sizes = np.diff(laid(self.lists.values)[0])
        found: Flags = (self._digits == sizes) & (sizes > 0)
        return found

    @cached_property
    def _digits(self) -> npt.NDArray[np.int64]:
        """How many digits each run has."""
        return self._counted(_DIGITS)

    def _counted(self, wanted: Flags) -> npt.NDArray[np.int64]:
        """How many bytes of each run are among those wanted."""
        places, data = laid(self.lists.values)
        found = wanted[np.frombuffer(data or b"", np.uint8, int(places[-1]))]
        return np.diff(np.concatenate(([0], np.cumsum(found)))[places])

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
        pairs = pc.binary_join_element_wise(last, following, _NOTHING)
        ends = np.zeros(len(runs), np.bool_)
        ends[self._offsets[1:] - 1] = True
        return pa.ListArray.from_arrays(self.lists.offsets, pc.if_else(pa.array(ends), _NOTHING, pairs))


def _numbers(run: str) -> tuple[str]:
    return (" ".join(text.numbers(run)),)


def _filled(lists: pa.ListArray, there: Flags) -> pa.ListArray:
    """The lists with only those of their values that are there."""
    if there.all():
        return lists
    before = np.concatenate(([0], np.cumsum(there)))
    offsets = pa.array(before[lists.offsets.to_numpy()], pa.int32())
    return pa.ListArray.from_arrays(offsets, lists.values.filter(pa.array(there)))


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
