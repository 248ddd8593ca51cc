"""Decisions a dataset entry may fix by name, where intake's own would be wrong."""

from dataclasses import dataclass, field

from indexer.intake.table import Kind, Role


@dataclass(frozen=True)
class Overrides:
    """Columns are named as the report names them; the report says which decisions were fixed."""

    header_rows: int | None = None
    roles: dict[str, Role] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    year: int | None = None

    def said(self) -> list[str]:
        """One line for each decision that was fixed."""
        lines = [f"머리글 행 수를 {self.header_rows}(으)로 지정했습니다"] if self.header_rows else []
        lines += [f"'{name}' 열의 역할을 {role}(으)로 지정했습니다" for name, role in self.roles.items()]
        lines += [f"'{name}' 열의 성격을 {kind}(으)로 지정했습니다" for name, kind in self.kinds.items()]
        lines += [f"'{name}' 열의 단위를 {unit}(으)로 지정했습니다" for name, unit in self.units.items()]
        return lines + ([f"연도를 {self.year}년으로 지정했습니다"] if self.year else [])
