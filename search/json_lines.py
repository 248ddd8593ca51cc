"""JSON of many records at once, in fragments that are joined in one go: a text is copied once, not once a bracket."""

import json
from collections.abc import Sequence
from itertools import chain, groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from search.batch import TEXT, joined, laid, listed, mapped, present, texts

encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Any value as JSON, as short as it can be."""

Fragments = tuple[str | pa.Array, ...]
"""What stands one after another in the text of a record: the same for all, or a text for each.
A record that lacks one of them has nothing of it all."""

_QUOTE, _BACKSLASH, _FIRST_PLAIN = ord('"'), ord("\\"), 0x20
"""What cannot stand in a JSON string as it is (RFC 8259, 7), and all that is below the blank; few columns have any."""


def written(fragments: Fragments) -> pa.Array:
    """A text for each record, null where it lacks a fragment. One fragment at least is not the same for all."""
    merged: list[Any] = []
    for same, run in groupby(fragments, lambda fragment: isinstance(fragment, str)):
        found = list(run)
        merged += [pa.scalar("".join(found), TEXT)] if same else found
    return pc.binary_join_element_wise(*merged, pa.scalar("", TEXT))


def is_everywhere(fragments: Fragments) -> bool:
    """Whether no record lacks it."""
    return all(isinstance(fragment, str) or fragment.null_count == 0 for fragment in fragments)


def is_nowhere(fragments: Fragments) -> bool:
    """Whether every record lacks it."""
    return any(
        not isinstance(fragment, str) and fragment.null_count == len(fragment) for fragment in fragments
    )


def following(parts: Sequence[Fragments], sign: str = ",") -> Fragments:
    """Those of the parts that a record has, in their order, with a sign between them; blank where it has none."""
    at = next((place for place, part in enumerate(parts) if is_everywhere(part)), None)
    if at is None:
        return (joined([written(part) for part in parts], sign),)
    before = (or_else((*part, sign), "") for part in parts[:at])
    after = (or_else((sign, *part), "") for part in parts[at + 1 :])
    return tuple(chain.from_iterable((*before, parts[at], *after)))


def or_else(fragments: Fragments, text: str) -> Fragments:
    """The fragments, and the text for a record that lacks one of them."""
    return fragments if is_everywhere(fragments) else (pc.fill_null(written(fragments), text),)


def as_object(parts: Sequence[Fragments | None]) -> Fragments:
    """Members as a JSON object."""
    return ("{", *following([part for part in parts if part is not None]), "}")


def as_list(parts: Sequence[Fragments]) -> Fragments:
    """Values as a JSON list, each in its place: null for one that a record has not."""
    return _listed([or_else(part, "null") for part in parts])


def as_list_of_present(parts: Sequence[Fragments]) -> Fragments:
    """Values as a JSON list without those that a record has not."""
    return _listed([part for part in parts if not is_nowhere(part)])


def _listed(parts: Sequence[Fragments]) -> Fragments:
    return ("[", *following(parts), "]") if parts else ("[]",)


def as_json(values: pa.Array) -> Fragments:
    """Texts as JSON strings."""
    return _strings("", values)


def inside_json(fragments: Fragments) -> Fragments:
    """JSON as JSON strings: no sign in it is to be escaped but these two, and in most columns there is none."""
    return ('"', *map(_inside, fragments), '"')


def _inside(fragment: str | pa.Array) -> str | pa.Array:
    if isinstance(fragment, str):
        return encoded(fragment)[1:-1]
    if not _is_marked(_bytes(fragment)):
        return fragment
    for sign in ("\\", '"'):
        fragment = pc.replace_substring(fragment, sign, "\\" + sign)
    return fragment


def members(name: str, values: pa.Array) -> Fragments:
    """Texts as members of a JSON object: ``"name":"value"``."""
    return _strings(encoded(name) + ":", values)


def _strings(before: str, values: pa.Array) -> Fragments:
    if not _is_to_escape(values):
        return (before + '"', values, '"')
    return (before, mapped(values, lambda value: (encoded(value),), 1)[0])


def _is_to_escape(values: pa.Array) -> bool:
    """Whether one of the texts may have to be written otherwise."""
    letters = _bytes(values)
    return _is_marked(letters) or bool((letters < _FIRST_PLAIN).any())


def _is_marked(letters: npt.NDArray[np.uint8]) -> bool:
    return bool(((letters == _QUOTE) | (letters == _BACKSLASH)).any())


def _bytes(values: pa.Array) -> npt.NDArray[np.uint8]:
    """Those of all texts: signs are looked for in all at once."""
    places, data = laid(values)
    return np.frombuffer(data or b"", np.uint8)[places[0] : places[-1]]


def number_members(name: str, values: pa.Array) -> Fragments:
    """Numbers as members of a JSON object."""
    return (encoded(name) + ":", *as_numbers(values))


def as_numbers(values: pa.Array) -> Fragments:
    """Numbers as JSON; doubles in the shortest form that reads back the same."""
    if pa.types.is_integer(values.type):
        return (values.cast(TEXT),)
    distinct = values.dictionary_encode()
    return (texts([repr(value) for value in listed(distinct.dictionary)]).take(distinct.indices),)


def nested(name: str, parts: Sequence[Fragments], signs: str = "{}") -> Fragments | None:
    """Members gathered in an object (or a list) that is itself a member; a record lacks it where it would be empty."""
    parts = [part for part in parts if not is_nowhere(part)]
    if not parts:
        return None
    inner = following(parts)
    if not any(map(is_everywhere, parts)):
        inner = (present(written(inner)),)
    return (f"{encoded(name)}:{signs[0]}", *inner, signs[1])
