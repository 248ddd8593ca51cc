"""What signs in a query say: "구절", -제외, 필드:값, OR. Never an error: what is no syntax is words, and said.

Signs count only where their writers put them on purpose: ``-`` before a word, a colon behind the name
of a field, ``OR`` between two words. Everything else is text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from search import text

_QUOTES = dict.fromkeys(map(ord, "“”„‟＂"), '"')
_TOKEN = re.compile(r'-?(?:[^\s":：]+[:：])?"[^"]*"|\S+')
_DASHES = "-－−"
_YEAR = re.compile(r"(?:19|20)\d\d(?:년도?)?(?:[~∼〜～–—](?:19|20)\d\d(?:년도?)?)?")


@dataclass(frozen=True)
class Part:
    """Words that are looked for as one. ``exact``: quoted, so as they stand; ``field``: its name as typed."""

    text: str
    exact: bool = False
    field: str = ""

    @property
    def words(self) -> str:
        """Everything that was typed, as text."""
        return f"{self.field} {self.text}".strip()


@dataclass(frozen=True)
class Term:
    """One condition: any of its parts, or, ``excluded``, none of them."""

    parts: tuple[Part, ...]
    excluded: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is one word without any sign."""
        return not self.excluded and len(self.parts) == 1 and not (self.parts[0].exact or self.parts[0].field)


@dataclass(frozen=True)
class Note:
    """Something the reader of the results should know of a sign in the query, and where it stood.

    quote: a quotation mark had no other; alone: there were only words to leave out; field: what stood
    before the colon names no field; value: the field has no such value; excluded: was left out;
    or: OR stood where there was nothing to choose from.
    """

    kind: Literal["quote", "alone", "field", "value", "excluded", "or"]
    word: str = ""
    field: str = ""


@dataclass(frozen=True)
class Typed:
    """A query read; ``notes`` say which signs were taken as words and why."""

    terms: tuple[Term, ...]
    notes: tuple[Note, ...] = ()


def read(q: str, is_field: Callable[[str], bool]) -> Typed:
    """``is_field`` knows the names of fields, normalised."""
    notes: list[Note] = []
    plain = q.translate(_QUOTES)
    if plain.count('"') % 2:
        at = plain.rindex('"')
        plain = plain[:at] + " " + plain[at + 1 :]
        notes.append(Note("quote"))
    terms: list[Term] = []
    joining = False
    tokens = _TOKEN.findall(plain)
    for at, token in enumerate(tokens):
        if _is_or(tokens, at) and len(tokens) > 1:
            joining = bool(terms) and not terms[-1].excluded and _goes_on(tokens[at + 1 :])
            notes += [] if joining else [Note("or")]
            continue
        term = _term(token, is_field, notes)
        if term is None:
            continue
        if joining:
            terms[-1] = Term((*terms[-1].parts, *term.parts))
            joining = False
        else:
            terms.append(term)
    if terms and all(term.excluded for term in terms):
        terms = [Term(term.parts) for term in terms]
        notes.append(Note("alone"))
    notes += [
        Note("excluded", part.text, part.field) for term in terms if term.excluded for part in term.parts
    ]
    return Typed(tuple(terms), tuple(dict.fromkeys(notes)))


def _is_or(tokens: list[str], at: int) -> bool:
    """``or`` in small letters only between words that are not of its language."""
    if tokens[at] in {"OR", "|"}:
        return True
    beside = (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])
    return tokens[at] == "or" and not any(token.isascii() for token in beside)


def _goes_on(following: list[str]) -> bool:
    """Whether a word that may stand beside OR comes next."""
    return bool(following) and following[0][0] not in _DASHES and bool(text.runs(following[0]))


def _term(token: str, is_field: Callable[[str], bool], notes: list[Note]) -> Term | None:
    excluded = token[0] in _DASHES and _may_be_left_out(token[1:])
    part = _part(token[1:] if excluded else token, is_field, notes)
    if not text.runs(part.text):
        return None
    return Term((part,), excluded)


def _may_be_left_out(rest: str) -> bool:
    """A word, a year or a quotation; -5 is a number."""
    if rest[:1].isdigit():
        return bool(_YEAR.fullmatch(rest))
    return rest[:1] == '"' or text.is_letter(rest[:1] or " ")


def _part(token: str, is_field: Callable[[str], bool], notes: list[Note]) -> Part:
    if token.startswith('"'):
        return Part(token.strip('"').strip(), exact=True)
    name, colon, value = token.replace("：", ":").partition(":")
    if colon and _is_name(name) and text.runs(value) and not value.startswith("//"):
        if is_field(text.joined(name)):
            return Part(value.strip('"').strip(), exact=value.startswith('"'), field=name)
        notes.append(Note("field", token, name))
    # inches and the like: a mark that quotes nothing parts words, and must not quote when read again
    return Part("'".join(token.replace('"', "'").split()))


def _is_name(name: str) -> bool:
    """What may name a field; a clock time and a ratio do not: 10:30, 1:100."""
    return bool(text.runs(name)) and not name[0].isdigit()


def written(terms: tuple[Term, ...]) -> str:
    """A query that reads as these terms."""
    return " ".join(_written(term) for term in terms)


def _written(term: Term) -> str:
    return ("-" if term.excluded else "") + " OR ".join(_part_written(part) for part in term.parts)


def _part_written(part: Part) -> str:
    quoted = part.exact or (part.field and " " in part.text)
    value = f'"{part.text}"' if quoted else part.text
    return f"{part.field}:{value}" if part.field else value


def plain_words(typed: Typed) -> Iterator[tuple[int, str]]:
    """Words without signs with their places among the terms."""
    for at, term in enumerate(typed.terms):
        if term.is_plain:
            yield at, term.parts[0].text
