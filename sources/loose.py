"""JSON whose keys have no quotation marks, as KOSIS sends it now and then (source-formats §4.3)."""

from enum import Enum, auto


class _State(Enum):
    PLAIN = auto()
    STRING = auto()
    ESCAPED = auto()
    KEY = auto()


def quoted(text: str) -> str:
    """The text with its keys quoted. Values may hold brackets, commas and colons: strings are followed."""
    made: list[str] = []
    state = _State.PLAIN
    last = ""  # the last sign outside strings that is no blank
    open_brackets: list[str] = []
    for char in text:
        if state is _State.KEY and not (char.isalnum() or char == "_"):
            made.append('"')
            state = _State.PLAIN
        if state is _State.PLAIN and (char.isalpha() or char == "_"):
            # in a list stand values, behind a colon too
            if open_brackets[-1:] == ["{"] and last in {"{", ","}:
                made.append('"')
                state = _State.KEY
        elif state is _State.PLAIN and char in "{[":
            open_brackets.append(char)
        elif state is _State.PLAIN and char in "}]":
            open_brackets[-1:] = []
        made.append(char)
        state = _next(state, char)
        if state is _State.PLAIN and not char.isspace():
            last = char
    return "".join(made)


def _next(state: _State, char: str) -> _State:
    if state is _State.ESCAPED:
        return _State.STRING
    if state is _State.STRING:
        return {"\\": _State.ESCAPED, '"': _State.PLAIN}.get(char, _State.STRING)
    if state is _State.PLAIN and char == '"':
        return _State.STRING
    return state
