"""What every played service shares: a request as it came, an answer before it goes on the wire."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.sax.saxutils import escape

Row = dict[str, Any]
Worlds = dict[str, list[Row] | bytes]

JSON = "application/json;charset=UTF-8"
XML = "application/xml;charset=UTF-8"
HTML = "text/html;charset=UTF-8"
TEXT = "text/plain;charset=UTF-8"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

RAW_CONTROLS = {"\ue001": "\x01", "\ue009": "\t"}
"""What stands in a row for a control character that is to arrive raw, as strict parsers do not expect it."""


class Asked(NamedTuple):
    """``path`` is still percent-encoded and lacks the played host; header names are in lower case.

    ``params`` holds the query and, of a POST, the form; decoded once.
    """

    host: str
    path: str
    params: dict[str, str]
    method: str
    headers: dict[str, str]

    @property
    def steps(self) -> list[str]:
        """The decoded parts of the path."""
        return [unquote(part) for part in self.path.split("/") if part]

    def wants_json(self, *names: str) -> bool:
        return any("json" in self.params.get(name, "").lower() for name in names)

    def whole(self, name: str, otherwise: int) -> int:
        """A number of the query; ``-1`` for what is none."""
        text = self.params.get(name, "")
        if not text:
            return otherwise
        return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1


@dataclass(frozen=True)
class Answer:
    body: bytes
    kind: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Whatever the declared charset says: only the CSV services answer in CP949."""
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError:
            return self.body.decode("cp949", "replace")


def to_json(value: Any) -> str:
    """Compact, Hangul as it is."""
    return _raw(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _raw(text: str) -> str:
    for sign, control in RAW_CONTROLS.items():
        text = text.replace(sign, control)
    return text


def loose_json(value: Any) -> str:
    """Keys without quotes, as KOSIS writes them."""
    if isinstance(value, list):
        return "[" + ",".join(loose_json(member) for member in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{loose_json(member)}" for name, member in value.items()) + "}"
    return to_json(value)


def to_xml(name: str, value: Any) -> str:
    """A list repeats its tag; an empty value closes itself."""
    if isinstance(value, list):
        return "".join(to_xml(name, member) for member in value)
    if isinstance(value, dict):
        inner = "".join(to_xml(child, member) for child, member in value.items())
    else:
        inner = "" if value is None else _raw(escape(str(value)))
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def written(document: Row, *, as_json: bool) -> Answer:
    """A document with one root, in the format that was asked for."""
    if as_json:
        return Answer(to_json(document).encode())
    (name, value), *_ = document.items()
    return Answer((DECLARATION + to_xml(name, value)).encode(), XML)


def page_of_html(title: str, status: int = 200) -> Answer:
    body = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    return Answer(body.encode(), HTML, status)
