"""CSV without a key: file.localdata.go.kr and jumin.mois.go.kr. Both bodies are CP949.

Where the facts are silent: a caller without a browser's User-Agent gets 403; a form without its months
gets an HTML page; months without data are left out. A world of bytes is sent as it is.
"""

import csv
import hashlib
import io
from urllib.parse import quote

from tests.sources.stubs.faults import NO_FAULT
from tests.sources.stubs.scene import Scene, unknown
from tests.sources.stubs.wire import Answer, Asked, Row, page_of_html

NAMES_OF_BODIES = {"3240000": "서울특별시 강동구", "3230000": "서울특별시 송파구", "6110000": "서울특별시"}
WHOLE_SEOUL = "6110000_ALL"
VIEWS = {"1": "1", "2": "all districts", "3": "all dong"}


def _csv(rows: list[Row], header: list[str], quoting: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
    writer.writerow(header)
    writer.writerows([["" if row[name] is None else row[name] for name in header] for row in rows])
    return text.getvalue().encode("cp949", "replace")


def bulk(asked: Asked, scene: Scene) -> Answer:
    """``/file/download/{slug}/info?orgCode=``."""
    if asked.path == "/error.html":
        return page_of_html("잘못된 접근입니다")
    steps = asked.steps
    if len(steps) != 4 or [*steps[:2], steps[3]] != ["file", "download", "info"]:
        return unknown(asked.path)
    if "referer" not in asked.headers:
        return Answer(b"", status=302, headers={"Location": f"{scene.base}/{asked.host}/error.html"})
    if "Mozilla" not in asked.headers.get("user-agent", ""):
        return page_of_html("차단된 요청입니다", 403)
    found = scene.worlds.get(f"bulk:{steps[2]}")
    if found is None:
        return unknown(asked.path)
    named = {"Content-Disposition": f"attachment; filename={quote(steps[2])}.csv"}
    if isinstance(found, list):
        wanted = asked.params.get("orgCode", "")
        rows = scene.fault.rows([row for row in found if not wanted or _owned(row, wanted)])
        found = _csv(rows, list((rows or found)[0]), csv.QUOTE_MINIMAL)
    named["ETag"] = f'"{hashlib.sha256(found).hexdigest()[:16]}"'
    # whoever is at fault does not know what has changed either
    is_known = scene.fault == NO_FAULT and asked.headers.get("if-none-match") == named["ETag"]
    return Answer(b"" if is_known else found, "text/csv;charset=UTF-8", 304 if is_known else 200, named)


def _owned(row: Row, body: str) -> bool:
    code = str(row.get("개방자치단체코드", ""))
    if code:
        seoul = code == "6110000" or "3000000" <= code <= "3240000"
        return seoul if body == WHOLE_SEOUL else code == body
    name = NAMES_OF_BODIES.get(body.removesuffix("_ALL"), body)
    return str(row.get("관리기관명", "")).startswith(name)


def jumin(asked: Asked, scene: Scene) -> Answer:
    """``downloadCsv.do`` and ``downloadCsvAge.do``: one row a place, the months side by side."""
    name = asked.path.strip("/").removesuffix(".do")
    found, periods = scene.worlds.get(f"jumin:{name}"), _periods(asked.params)
    if found is None:
        return unknown(asked.path)
    if asked.method != "POST" or not periods or asked.params.get("xlsStats") not in VIEWS:
        return page_of_html("요청하신 페이지를 찾을 수 없습니다")
    if isinstance(found, list):
        rows = scene.fault.rows(_wide(found, periods, asked.params, ages=name.endswith("Age")))
        found = _csv(rows, list(rows[0]) if rows else ["행정구역"], csv.QUOTE_ALL)
    title = "연령별인구현황" if name.endswith("Age") else "주민등록인구및세대현황"
    span = "연간" if asked.params.get("searchYearMonth") == "year" else "월간"
    ends = f"{next(iter(periods))}_{list(periods)[-1]}"
    disposition = f"attachment; filename={quote(f'{ends}_{title}_{span}.csv')}"
    return Answer(found, "application/octet-stream", headers={"Content-Disposition": disposition})


def _periods(params: dict[str, str]) -> dict[str, str]:
    """Month of the data -> prefix of its columns."""
    names = ("searchYearStart", "searchMonthStart", "searchYearEnd", "searchMonthEnd")
    given = [params.get(name, "") for name in names]
    if params.get("searchYearMonth", params.get("category")) == "year":
        if not (given[0].isdecimal() and given[2].isdecimal()):
            return {}
        return {f"{year}12": f"{year}년" for year in range(int(given[0]), int(given[2]) + 1)}
    if not all(text.isdecimal() for text in given):
        return {}
    first, last = int(given[0]) * 12 + int(given[1]) - 1, int(given[2]) * 12 + int(given[3]) - 1
    months = [divmod(month, 12) for month in range(first, last + 1)]
    return {f"{year}{month + 1:02}": f"{year}년{month + 1:02}월" for year, month in months}


def _wide(rows: list[Row], periods: dict[str, str], params: dict[str, str], *, ages: bool) -> list[Row]:
    held = {str(row["기준연월"]) for row in rows}
    shown = {month: label for month, label in periods.items() if month in held}
    places: dict[str, dict[str, Row]] = {}
    for row in rows:
        if str(row["기준연월"]) in shown and _seen(_code(row), params):
            places.setdefault(str(row["행정구역"]), {})[str(row["기준연월"])] = row
    step = int(params.get("sltArgTypes") or 1)
    wide = []
    for place, months in sorted(places.items(), key=lambda item: _code({"행정구역": item[0]})):
        line: Row = {"행정구역": place}
        for month, label in shown.items():
            cells = _aged(months.get(month), step) if ages else _counted(months.get(month))
            line |= {f"{label}_{name}": value for name, value in cells.items()}
        wide.append(line)
    return wide


def _code(row: Row) -> str:
    return str(row["행정구역"])[-11:-1]


def _seen(code: str, params: dict[str, str]) -> bool:
    """The view: all dong, all districts, or what the form has chosen with its own parts."""
    view, chosen = params["xlsStats"], params.get("sltOrgLvl2") or params.get("sltOrgLvl1") or "A"
    if view == "3":
        return True
    if view == "2":
        return code.endswith("00000")
    if not chosen.isdecimal():
        return code.endswith("00000000")
    return code.startswith(chosen.rstrip("0")) and (chosen[2:5] != "000" or code.endswith("00000"))


def _counted(row: Row | None) -> dict[str, str]:
    if row is None:
        return dict.fromkeys(
            ("총인구수", "세대수", "세대당 인구", "남자 인구수", "여자 인구수", "남여 비율"), ""
        )
    people, households, male, female = (
        int(row[name]) for name in ("총인구수", "세대수", "남자 인구수", "여자 인구수")
    )
    return {
        "총인구수": f"{people:,}",
        "세대수": f"{households:,}",
        "세대당 인구": f"{people / households:.2f}",
        "남자 인구수": f"{male:,}",
        "여자 인구수": f"{female:,}",
        "남여 비율": f"{male / female:.2f}",
    }


def _aged(row: Row | None, step: int) -> dict[str, str]:
    cells: dict[str, int] = {}
    male, female = (row["남"], row["여"]) if row else ([0] * 101, [0] * 101)
    for name, counts in (
        ("계", [a + b for a, b in zip(male, female, strict=True)]),
        ("남", male),
        ("여", female),
    ):
        cells |= {f"{name}_총인구수": sum(counts), f"{name}_연령구간인구수": sum(counts)}
        for age in range(0, 100, step):
            label = f"{age}세" if step == 1 else f"{age}~{age + step - 1}세"
            cells[f"{name}_{label}"] = sum(counts[age : age + step])
        cells[f"{name}_100세 이상"] = counts[100]
    return {name: f"{value:,}" if row else "" for name, value in cells.items()}
