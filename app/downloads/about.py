"""What a file is of and where it is from, so that it can be cited without the portal at hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.wording import listed, moment

EDITION_SHOWN = 8
"""Digits of the hash that a citation gives: enough to find the edition, short enough to print."""
SAMPLE = "표본"
_SAMPLE_NOTE = "포털의 기능을 보여 드리려고 만든 자료이며 실제 통계가 아닙니다."


@dataclass(frozen=True)
class About:
    """Facts of a file; what is empty is not told. ``downloaded`` is the day by the office's clock.

    ``source_url`` is the whole address of the view, ``published_at`` and ``fetched_at`` are ISO 8601 as
    build and dataset have them, ``filters`` hold the label and the values of each choice, words included.
    """

    title: str
    portal: str
    source_url: str
    build: str
    downloaded: date
    provider: str = ""
    description: str = ""
    edition: str = ""
    published_at: str = ""
    fetched_at: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: str = ""
    rule: str = ""
    terms: str = ""
    sample: bool = False

    def citation(self) -> str:
        """강동구, ‘동별 주민등록인구’, 강동구 빅데이터 포털, 판 a1b2c3d4, …, 2026-11-26에 내려받음."""
        chosen = ", ".join(f"{label} {listed(values)}" for label, values in self.filters)
        parts = (
            self.provider,
            f"‘{self.title}’",
            self.portal,
            self.edition and f"판 {self.edition[:EDITION_SHOWN]}",
            self.build and f"색인본 {self.build}",
            chosen and f"조건: {chosen}",
            self.source_url,
            f"{self.downloaded.isoformat()}에 내려받음",
        )
        return (f"[{SAMPLE}] " if self.sample else "") + ", ".join(filter(None, parts))

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Label and text of every fact for people, what is made up said first, the citation last."""
        facts = (
            (SAMPLE, _SAMPLE_NOTE if self.sample else ""),
            ("제목", self.title),
            ("제공기관", self.provider),
            ("설명", self.description),
            ("포털", self.portal),
            ("주소", self.source_url),
            ("판", self.edition),
            ("색인본", self.build),
            ("공개한 날", _day(self.published_at)),
            ("받은 날", _day(self.fetched_at)),
            ("내려받은 날", self.downloaded.isoformat()),
            *((f"조건: {label}", ", ".join(values)) for label, values in self.filters),
            ("단위", self.unit),
            ("더하는 법", self.rule),
            ("이용 조건", self.terms),
            ("인용", self.citation()),
        )
        return tuple((label, text) for label, text in facts if text)

    def as_json(self) -> dict[str, Any]:
        """The same for programs, every key always there."""
        return {
            "title": self.title,
            "provider": self.provider,
            "description": self.description,
            "portal": self.portal,
            "url": self.source_url,
            "edition": self.edition,
            "build": self.build,
            "published": _day(self.published_at),
            "fetched": _day(self.fetched_at),
            "downloaded": self.downloaded.isoformat(),
            "filters": [{"label": label, "values": list(values)} for label, values in self.filters],
            "unit": self.unit,
            "rule": self.rule,
            "terms": self.terms,
            "sample": self.sample,
        }


def _day(text: str) -> str:
    return moment(text).date().isoformat() if text else ""
