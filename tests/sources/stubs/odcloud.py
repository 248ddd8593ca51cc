"""api.odcloud.kr and the OpenAPI document of infuser.odcloud.kr.

``odcloud:{id}`` holds the newest upload, ``odcloud:{id}:older`` the one before. Of an odd id the document
lists the older path first, of an even one the newer. The XML shape (``col name=``) is not in the facts.
"""

from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from tests.sources.stubs.conditions import BadCondition, meeting
from tests.sources.stubs.scene import GATEWAY_KEYS, Page, Scene, page, unknown
from tests.sources.stubs.wire import DECLARATION, JSON, XML, Answer, Asked, Row, to_json

DATES = {"newer": "20231231", "older": "20201231"}
TITLES = {
    "15081659": "서울특별시 강동구_동별 불법주정차 단속현황",
    "15000002": "서울특별시 강동구_작은도서관 현황",
}


def newest_path(dataset: str) -> str:
    return f"/{dataset}/v1/uddi:{uuid5(NAMESPACE_URL, f'{dataset}/newer')}"


def older_path(dataset: str) -> str:
    return f"/{dataset}/v1/uddi:{uuid5(NAMESPACE_URL, f'{dataset}/older')}_202101051030"


def _error(code: int, text: str, status: int) -> Answer:
    return Answer(to_json({"code": code, "msg": text}).encode(), JSON, status)


def answer(asked: Asked, scene: Scene) -> Answer:
    """Rows of one upload."""
    key = asked.params.get("serviceKey") or asked.headers.get("authorization", "").removeprefix("Infuser ")
    if key not in GATEWAY_KEYS or scene.fault.name == "odcloud_401":
        return _error(-401, "유효하지 않은 인증키 입니다.", 401)
    steps = [*asked.steps, "", ""]
    dataset, path = steps[1], "/" + "/".join(asked.steps[1:])
    world = {newest_path(dataset): f"odcloud:{dataset}", older_path(dataset): f"odcloud:{dataset}:older"}
    rows = scene.rows(world.get(path, ""))
    if rows is None or steps[0] != "api":
        return _error(-3, "등록되지 않은 서비스 입니다.", 404)
    number, size = asked.whole("page", 1), asked.whole("perPage", 10)
    rows = scene.fault.rows(rows)
    whole = page(rows, 1, max(len(rows), 1), scene.fault).total
    try:
        rows = meeting(rows, asked.params)
    except BadCondition:
        return _error(-2, "잘못된 파라미터 요청입니다.", 400)
    if number < 1 or size < 1:
        return _error(-2, "잘못된 파라미터 요청입니다.", 400)
    found = page(rows, number, size, scene.fault)
    counts = {
        "currentCount": len(found.rows),
        "matchCount": found.total,
        "page": number,
        "perPage": size,
        "totalCount": whole,
    }
    told: Row = {name: value for name, value in counts.items() if value is not None}
    if scene.fault.name == "string_counts":
        told = {name: str(value) for name, value in told.items()}
    if asked.params.get("returnType", "JSON").upper() == "XML":
        return _xml(told, found)
    head = {"currentCount": told.pop("currentCount"), "data": found.rows}
    return Answer(to_json({**head, **told}).encode())


def _xml(told: Row, found: Page) -> Answer:
    rows = "".join(
        "<item>"
        + "".join(f"<col name={quoteattr(name)}>{escape(str(value))}</col>" for name, value in row.items())
        + "</item>"
        for row in found.rows
    )
    counts = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
    return Answer(f"{DECLARATION}<results>{counts}<data>{rows}</data></results>".encode(), XML)


def document(asked: Asked, scene: Scene) -> Answer:
    """``/oas/docs?namespace={id}/v1``: every upload is a path whose summary ends with its date."""
    dataset, _, version = asked.params.get("namespace", "").partition("/")
    newest = scene.rows(f"odcloud:{dataset}")
    if asked.path.rstrip("/") != "/oas/docs" or version != "v1" or newest is None:
        return unknown(asked.path)
    title = TITLES.get(dataset, "서울특별시 강동구_파일데이터")
    uploads = {
        newest_path(dataset): (newest, DATES["newer"]),
        older_path(dataset): (scene.rows(f"odcloud:{dataset}:older") or [], DATES["older"]),
    }
    if dataset[-1:] in set("13579"):
        uploads = dict(reversed(uploads.items()))
    paths, definitions = {}, {}
    for path, (rows, date) in uploads.items():
        model = path.rsplit("/", 1)[1] + "_model"
        answers = {"200": {"description": "", "schema": {"$ref": f"#/definitions/{model}"}}}
        paths[path] = {
            "get": {
                "tags": [f"{title}_{date}"],
                "summary": f"{title}_{date}",
                "description": "",
                "produces": ["application/json", "application/xml"],
                "parameters": [{"name": name, "in": "query"} for name in ("page", "perPage", "returnType")],
                "responses": answers,
            }
        }
        columns = {
            name: {"type": "integer" if isinstance(value, int) else "string", "description": ""}
            for row in scene.fault.rows(rows[:1])
            for name, value in row.items()
        }
        definitions[model] = {"type": "object", "properties": columns}
    found = {
        "swagger": "2.0",
        "info": {"title": title, "description": "", "version": "1.0"},
        "host": "api.odcloud.kr",
        "basePath": "/api",
        "schemes": ["https"],
        "paths": paths,
        "definitions": definitions,
    }
    return Answer(to_json(found).encode())
