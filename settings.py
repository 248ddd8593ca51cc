"""What the operator decides: read once from the environment, the only reader of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

_PROCESSES = str(min(2, os.cpu_count() or 1))
"""Each takes some 300 MB at 1.3 million records: two are what a small machine bears."""
DEFAULT_PORT = 8000
SEOUL = ZoneInfo("Asia/Seoul")
"""The office's clock."""


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it and says what to write."""


@dataclass(frozen=True)
class Notify:
    """Who is told when a run fails: a webhook, an address by mail over a server, or nobody."""

    webhook: str = field(default="", repr=False)
    mail_to: str = ""
    mail_from: str = ""
    smtp_url: str = field(default="", repr=False)


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
    proxies: int = 0
    web_processes: int = 1
    folder: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    gateways: Mapping[str, str] = field(default_factory=dict)
    notify: "Notify" = field(default_factory=Notify)

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
        folder = env.get("GBP_FOLDER")
        return cls(
            var=var,
            database_url=env.get("GBP_DATABASE_URL") or f"sqlite:///{var / 'catalogue.sqlite'}",
            opensearch_url=env.get("GBP_OPENSEARCH_URL") or None,
            opensearch_ca=Path(ca) if ca else None,
            host=env.get("GBP_HOST") or "127.0.0.1",
            port=_port(env.get("GBP_PORT") or str(DEFAULT_PORT)),
            secret=_secret(env, "GBP_SECRET"),
            portal_name=env.get("GBP_PORTAL_NAME") or "강동구 빅데이터 포털",
            official=_flag("GBP_OFFICIAL", env.get("GBP_OFFICIAL") or "0"),
            schedule=env.get("GBP_SCHEDULE") or "0 3 * * *",
            boundaries_file=Path(boundaries) if boundaries else None,
            proxies=_number("GBP_PROXIES", env.get("GBP_PROXIES") or "0"),
            web_processes=max(1, _number("GBP_WEB_PROCESSES", env.get("GBP_WEB_PROCESSES") or _PROCESSES)),
            folder=Path(folder).absolute() if folder else None,
            keys={source: key for source, name in _KEYS.items() if (key := _secret(env, name))},
            gateways=_gateways(env.get("GBP_GATEWAYS") or ""),
            notify=_notify(env),
        )


_KEYS = {"seoul": "GBP_SEOUL_KEY", "kosis": "GBP_KOSIS_KEY", "datagokr": "GBP_DATAGOKR_KEY"}
"""By source; services of the Ministry of the Interior take the key of data.go.kr."""


def _secret(env: Mapping[str, str], name: str) -> str:
    """The variable, or the first line of the file that ``…_FILE`` names. Raises SettingsError."""
    if value := env.get(name):
        return value
    file = env.get(f"{name}_FILE")
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}_FILE: {file} cannot be read: {error}") from error


def _gateways(text: str) -> dict[str, str]:
    """``host=address, …``. Raises SettingsError."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        host, _, address = part.partition("=")
        if not host or not address.startswith(("http://", "https://")):
            raise SettingsError(f"GBP_GATEWAYS: {part!r}: write host=https://address, with ',' between")
        found[host.strip()] = address.strip()
    return found


def _notify(env: Mapping[str, str]) -> Notify:
    """Raises SettingsError where a mail has nobody to go to, or no server to go over."""
    found = Notify(
        webhook=_secret(env, "GBP_NOTIFY_WEBHOOK"),
        mail_to=env.get("GBP_NOTIFY_MAIL") or "",
        mail_from=env.get("GBP_NOTIFY_FROM") or env.get("GBP_NOTIFY_MAIL") or "",
        smtp_url=_secret(env, "GBP_SMTP_URL"),
    )
    if bool(found.mail_to) != bool(found.smtp_url):
        raise SettingsError("GBP_NOTIFY_MAIL and GBP_SMTP_URL go together: smtps://user:password@host:465")
    return found


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise SettingsError(f"GBP_PORT={text!r} is not a port: write a number from 1 to 65535")


def _number(name: str, text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise SettingsError(f"{name}={text!r}: write a number, 0 for none")


def _flag(name: str, text: str) -> bool:
    if text in {"0", "1"}:
        return text == "1"
    raise SettingsError(f"{name}={text!r}: write 1 for on or 0 for off")
