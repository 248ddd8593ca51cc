"""JSON of many records at once, in pieces that are joined in one go: a text is copied once, not once a bracket."""

import json
from collections.abc import Sequence
from itertools import chain, groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from search.batch import TEXT, joined, listed, mapped, present, texts

encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Any value as JSON, as short as it can be."""

Pieces = tuple[str | pa.Array, ...]
"""What stands one after another in the text of a record: the same for all, or a text for each.
A record that lacks one of them has nothing of it all."""

_QUOTE, _BACKSLASH, _FIRST_PLAIN = ord('"'), ord("\\"), 0x20
"""What cannot stand in a JSON string as it is (RFC 8259, 7), and all that is below the blank; few columns have any."""


def written(pieces: Pieces) -> pa.Array:
    """A text for each record, null where it lacks a piece. One piece at least is not the same for all."""
    merged = [
        pa.scalar("".join(run), TEXT) if same else list(run)
        for same, run in groupby(pieces, lambda piece: isinstance(piece, str))
    ]
    columns = chain.from_iterable(one if isinstance(one, list) else [one] for one in merged)
    return pc.binary_join_element_wise(*columns, pa.scalar("", TEXT))


def is_everywhere(pieces: Pieces) -> bool:
    """Whether no record lacks it."""
    return all(isinstance(piece, str) or piece.null_count == 0 for piece in pieces)


def following(parts: Sequence[Pieces], sign: str = ",") -> Pieces:
    """Those of the parts that a record has, in their order, with a sign between them; blank where it has none."""
    at = next((place for place, part in enumerate(parts) if is_everywhere(part)), None)
    if at is None:
        return (joined([written(part) for part in parts], sign),)
    before = (_or_blank((*part, sign)) for part in parts[:at])
    after = (_or_blank((sign, *part)) for part in parts[at + 1 :])
    return tuple(chain.from_iterable((*before, parts[at], *after)))


def _or_blank(pieces: Pieces) -> Pieces:
    return pieces if is_everywhere(pieces) else (pc.fill_null(written(pieces), ""),)


def as_object(parts: Sequence[Pieces | None]) -> Pieces:
    """Members as a JSON object."""
    return ("{", *following([part for part in parts if part is not None]), "}")


def as_json(values: pa.Array) -> Pieces:
    """Texts as JSON strings."""
    return _strings("", values)


def inside_json(values: pa.Array) -> Pieces:
    """JSON texts as JSON strings: no sign in them is to be escaped but these two."""
    for sign in ("\\", '"'):
        values = pc.replace_substring(values, sign, "\\" + sign)
    return ('"', values, '"')


def members(name: str, values: pa.Array) -> Pieces:
    """Texts as members of a JSON object: ``"name":"value"``."""
    return _strings(encoded(name) + ":", values)


def _strings(before: str, values: pa.Array) -> Pieces:
    if not _is_to_escape(values):
        return (before + '"', values, '"')
    return (before, mapped(values, lambda value: (encoded(value),), 1)[0])


def _is_to_escape(values: pa.Array) -> bool:
    """Whether one of the texts may have to be written otherwise: their bytes are looked at all at once."""
    data = values.buffers()[2]
    if data is None:
        return False
    letters = np.frombuffer(data, np.uint8)
    return bool(((letters == _QUOTE) | (letters == _BACKSLASH) | (letters < _FIRST_PLAIN)).any())


def number_members(name: str, values: pa.Array) -> Pieces:
    """Numbers as members of a JSON object; doubles in the shortest form that reads back the same."""
    key = encoded(name) + ":"
    if pa.types.is_integer(values.type):
        return (key, values.cast(TEXT))
    distinct = values.dictionary_encode()
    return (key, texts([repr(value) for value in listed(distinct.dictionary)]).take(distinct.indices))


def nested(name: str, parts: Sequence[Pieces], signs: str = "{}") -> Pieces | None:
    """Members gathered in an object (or a list) that is itself a member; a record lacks it where it would be empty."""
    if not parts:
        return None
    inner = following(parts)
    if not any(map(is_everywhere, parts)):
        inner = (present(written(inner)),)
    return (f"{encoded(name)}:{signs[0]}", *inner, signs[1])
