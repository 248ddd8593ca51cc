"""What the operator decides: read once from the environment, the only reader of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

DEFAULT_PORT = 8000
SEOUL = ZoneInfo("Asia/Seoul")
"""The office's clock."""


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it and says what to write."""


@dataclass(frozen=True)
class Settings:
    """Settings of every process. ``secret`` is empty until the operator sets one."""

    var: Path
    database_url: str
    opensearch_url: str | None = None
    opensearch_ca: Path | None = None
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    secret: str = field(default="", repr=False)
    portal_name: str = "강동구 빅데이터 포털"
    official: bool = False
    schedule: str = "0 3 * * *"
    boundaries_file: Path | None = None

    @property
    def index(self) -> Path:
        """Folder of the embedded engine."""
        return self.var / "index"

    @property
    def boundaries(self) -> Path:
        """GeoJSON with the borders of the dong; there need not be any."""
        return self.boundaries_file or self.var / "boundaries.geojson"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read ``GBP_…`` variables. Raises SettingsError for one that cannot be used."""
        env = os.environ if environ is None else environ
        var = Path(env.get("GBP_VAR") or "var").absolute()
        ca, boundaries = env.get("GBP_OPENSEARCH_CA"), env.get("GBP_BOUNDARIES")
        return cls(
            var=var,
            database_url=env.get("GBP_DATABASE_URL") or f"sqlite:///{var / 'catalogue.sqlite'}",
            opensearch_url=env.get("GBP_OPENSEARCH_URL") or None,
            opensearch_ca=Path(ca) if ca else None,
            host=env.get("GBP_HOST") or "127.0.0.1",
            port=_port(env.get("GBP_PORT") or str(DEFAULT_PORT)),
            secret=env.get("GBP_SECRET") or "",
            portal_name=env.get("GBP_PORTAL_NAME") or "강동구 빅데이터 포털",
            official=_flag("GBP_OFFICIAL", env.get("GBP_OFFICIAL") or "0"),
            schedule=env.get("GBP_SCHEDULE") or "0 3 * * *",
            boundaries_file=Path(boundaries) if boundaries else None,
        )


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise SettingsError(f"GBP_PORT={text!r} is not a port: write a number from 1 to 65535")


def _flag(name: str, text: str) -> bool:
    if text in {"0", "1"}:
        return text == "1"
    raise SettingsError(f"{name}={text!r}: write 1 for on or 0 for off")
