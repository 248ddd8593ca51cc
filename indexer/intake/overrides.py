"""Decisions a dataset entry may fix by name, where intake's own would be wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from indexer.intake.table import Kind, Refused, Role

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True)
class Overrides:
    """Columns are named as the report names them; the report says which decisions were fixed."""

    header_rows: int | None = None
    roles: dict[str, Role] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    year: int | None = None
    names: tuple[str, ...] = ()
    """Of the columns of a file without a header, from its data dictionary."""

    @classmethod
    def of(cls, decisions: Mapping[str, Any]) -> "Overrides":
        """From a dataset's entry. Raises ValueError naming the decision that cannot be."""
        unknown = set(decisions) - {"header_rows", "roles", "kinds", "units", "year", "names"}
        if unknown:
            raise ValueError(f"overrides: unknown decision {min(unknown)!r}")
        return cls(
            header_rows=decisions.get("header_rows"),
            roles={
                name: _one_of(Role, "role", name, word) for name, word in decisions.get("roles", {}).items()
            },
            kinds={
                name: _one_of(Kind, "kind", name, word) for name, word in decisions.get("kinds", {}).items()
            },
            units=dict(decisions.get("units", {})),
            year=decisions.get("year"),
            names=tuple(decisions.get("names", ())),
        )

    def check(self, columns: Iterable[str]) -> None:
        """Raises Refused for a column that the file does not have: it may have been renamed."""
        there = list(columns)
        for name in (*self.roles, *self.kinds, *self.units):
            if name not in there:
                known = ", ".join(there[:12]) + (" …" if len(there) > 12 else "")
                raise Refused(
                    f"지정한 열 '{name}'이 파일에 없습니다(있는 열: {known}): "
                    "데이터셋의 overrides를 파일의 열 이름에 맞게 고쳐 주십시오"
                )

    def said(self) -> list[str]:
        """One line for each decision that was fixed."""
        lines = [f"머리글 행 수를 {self.header_rows}(으)로 지정했습니다"] if self.header_rows else []
        lines += [f"'{name}' 열의 역할을 {role}(으)로 지정했습니다" for name, role in self.roles.items()]
        lines += [f"'{name}' 열의 성격을 {kind}(으)로 지정했습니다" for name, kind in self.kinds.items()]
        lines += [f"'{name}' 열의 단위를 {unit}(으)로 지정했습니다" for name, unit in self.units.items()]
        return lines + ([f"연도를 {self.year}년으로 지정했습니다"] if self.year else [])


def _one_of(words: type[E], decision: str, column: str, word: str) -> E:
    try:
        return words(word)
    except ValueError:
        known = ", ".join(words)
        raise ValueError(f"overrides: {decision} {column}={word}: write one of {known}") from None
