"""The API's description, OpenAPI 3.1. A test holds it against what the API answers."""

from typing import Any

Body = dict[str, Any]

_TEXT: Body = {"type": "string"}
_COUNT: Body = {"type": "integer", "minimum": 0}
_FLAG: Body = {"type": "boolean"}


def description(version: str) -> Body:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "강동구 빅데이터 포털 API",
            "version": version,
            "description": "화면과 같은 자료를 JSON으로 줍니다. 데이터셋 하나의 레코드와 합계는 분류 항목의 이름을 "
            "그대로 매개변수로 써서 좁힐 수 있습니다(예: 성별=여).",
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/search": _get("통합 검색", [*_SEARCH, *_PAGING, _SEARCH_SORT], "Search"),
            "/api/v1/suggest": _get("검색어 제안", [_Q], "Suggestions"),
            "/api/v1/datasets": _get("데이터셋 목록", [*_LIST, *_PAGING, _LIST_SORT], "Datasets"),
            "/api/v1/datasets/{id}": _get("데이터셋 하나", [_ID], "Dataset"),
            "/api/v1/datasets/{id}/records": _get(
                "데이터셋의 레코드", [_ID, _Q, *_WITHIN, *_PAGING, _CURSOR], "Records"
            ),
            "/api/v1/datasets/{id}/totals": _get("데이터셋의 합계", [_ID, _Q, *_WITHIN, *_TOTALS], "Totals"),
            "/api/v1/datasets/{id}/forecast": _get(
                "해마다의 값과 앞으로의 예측", [_ID, _Q, *_WITHIN, _MEASURE], "Forecast"
            ),
            "/api/v1/openapi.json": _get("이 설명", [], "Description"),
        },
        "components": {"schemas": _SCHEMAS},
    }


def _query(name: str, schema: Body, text: str, *, many: bool = False) -> Body:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": text,
        "schema": {"type": "array", "items": schema, "maxItems": 50} if many else schema,
        **({"style": "form", "explode": True} if many else {}),
    }


_ID: Body = {"name": "id", "in": "path", "required": True, "schema": _TEXT, "description": "데이터셋의 id"}
_Q = _query(
    "q",
    {"type": "string", "maxLength": 200},
    '검색어. "구절", -뺄말, 항목:값, 가 OR 나를 쓸 수 있습니다',
)
_YEAR = _query(
    "year", {"type": "string", "pattern": "^[0-9]{4}$"}, "연도, 되풀이하면 그 가운데 하나", many=True
)
_REGION = _query("region", _TEXT, "지역, 되풀이하면 그 가운데 하나", many=True)
_LIST = [
    _query("area", _TEXT, "분야", many=True),
    _YEAR,
    _query("provider", _TEXT, "제공기관", many=True),
]
_SEARCH = [
    _Q,
    *_LIST,
    _REGION,
    _query("dataset", _TEXT, "데이터셋의 id", many=True),
    _query("column", _TEXT, "항목의 이름: 그 항목이 있는 데이터셋", many=True),
]
_WITHIN = [_YEAR, _REGION]
_PAGING = [
    _query("page", {"type": "integer", "minimum": 1}, "쪽 번호; 레코드는 10,000건까지, 그다음은 cursor"),
    _query("size", {"type": "integer", "minimum": 1, "maximum": 100}, "한 쪽의 수"),
]
_SEARCH_SORT = _query("sort", {"type": "string", "enum": ["relevance", "newest", "name"]}, "차례")
_LIST_SORT = _query("sort", {"type": "string", "enum": ["newest", "name"]}, "차례")
_CURSOR = _query("cursor", {"type": "string", "pattern": "^[0-9]{1,12}$"}, "앞 응답의 cursor: 그다음부터")
_MEASURE = _query("measure", _TEXT, "수치 항목의 이름; 없으면 첫 항목")
_TOTALS = [
    _MEASURE,
    _query("by", _TEXT, "year, region 또는 항목의 이름"),
]


def _get(summary: str, parameters: list[Body], schema: str) -> Body:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    errors = {"400": "쓸 수 없는 값", "404": "없는 데이터셋이나 쪽", "503": "검색 엔진이 응답하지 않음"}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": "응답", "content": {"application/json": {"schema": _ref(schema)}}},
                **{code: {"description": text, "content": problem} for code, text in errors.items()},
            },
        }
    }


def _ref(name: str) -> Body:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Body) -> Body:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Body) -> Body:
    return {"type": "array", "items": items}


def _or_null(kind: str) -> Body:
    return {"type": [kind, "null"]}


_SPANS: Body = {
    "type": "object",
    "additionalProperties": _list({"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}),
}
_SUMMARY = {
    "id": _TEXT,
    "title": _TEXT,
    "area": _TEXT,
    "provider": _TEXT,
    "description": _TEXT,
    "source_file": _TEXT,
    "records": _COUNT,
    "years": _list({"type": "integer"}),
    "fetched_at": _TEXT,
    "sample": _FLAG,
}
_KEY: Body = {"type": ["string", "integer"]}
_KINDS: Body = {"type": "string", "enum": ["dataset", "area", "region", "provider", "column", "word"]}
_FACETS: Body = {"type": "object", "additionalProperties": _list(_ref("Choice"))}
_SCHEMAS: Body = {
    "Build": _object(id=_TEXT, published_at=_TEXT),
    "Choice": _object(value=_TEXT, label=_TEXT, count=_COUNT, chosen=_FLAG),
    "Group": _object(key=_KEY, records=_COUNT),
    "Record": _object(
        id=_TEXT,
        title=_TEXT,
        year=_or_null("integer"),
        period=_or_null("string"),
        region=_or_null("string"),
        location={"type": ["array", "null"], "items": {"type": "number"}},
        row={"type": "object", "additionalProperties": _TEXT},
        marks=_SPANS,
    ),
    "Hit": _object(
        dataset=_object(id=_TEXT, title=_TEXT, area=_TEXT, provider=_TEXT, sample=_FLAG),
        count=_COUNT,
        records=_list(_ref("Record")),
    ),
    "Search": _object(
        total=_COUNT,
        datasets_total=_COUNT,
        page=_COUNT,
        size=_COUNT,
        hits=_list(_ref("Hit")),
        near=_list(_object(id=_TEXT, title=_TEXT, area=_TEXT, provider=_TEXT, sample=_FLAG)),
        facets=_FACETS,
        totals=_object(by_year=_list(_ref("Group")), by_area=_list(_ref("Group"))),
        understood=_list(
            _object(word=_TEXT, facet=_TEXT, value=_TEXT, values=_list(_TEXT), label=_TEXT, url=_TEXT)
        ),
        notes=_list(_TEXT),
        ways=_list(
            _object(
                kind={"type": "string", "enum": ["word", "filter", "instead"]},
                name=_TEXT,
                records=_COUNT,
                url=_TEXT,
            )
        ),
        repaired=_list(_object(word=_TEXT, instead=_TEXT, reason=_TEXT)),
        alone=_list(_object(word=_TEXT, records=_COUNT)),
        answer=_object(
            records=_COUNT,
            datasets=_COUNT,
            sentence=_TEXT,
            number={"oneOf": [_ref("Number"), {"type": "null"}]},
            numbers=_list(_ref("Number")),
        ),
        build=_ref("Build"),
        partial=_FLAG,
    ),
    "Number": _object(
        dataset=_TEXT,
        title=_TEXT,
        provider=_TEXT,
        edition=_TEXT,
        sample=_FLAG,
        measure=_TEXT,
        unit=_or_null("string"),
        kind={"type": "string", "enum": ["flow", "stock", "rate"]},
        rule=_TEXT,
        value={"type": "number"},
        records=_COUNT,
        year=_or_null("integer"),
        period=_or_null("string"),
        regions=_list(_TEXT),
        categories=_list(_TEXT),
        sentence=_TEXT,
        url=_TEXT,
    ),
    "Suggestions": _object(
        suggestions=_list(_object(text=_TEXT, kind=_KINDS, url=_TEXT)), build=_ref("Build")
    ),
    "Summary": _object(**_SUMMARY),
    "Datasets": _object(
        total=_COUNT, page=_COUNT, size=_COUNT, datasets=_list(_ref("Summary")), build=_ref("Build")
    ),
    "Column": _object(
        name=_TEXT, role=_TEXT, kind=_or_null("string"), unit=_or_null("string"), countable=_FLAG
    ),
    "Dataset": _object(
        **_SUMMARY,
        edition=_TEXT,
        columns=_list(_ref("Column")),
        report={"type": "object"},
        build=_ref("Build"),
    ),
    "Records": _object(
        total=_COUNT,
        records=_list(_ref("Record")),
        facets=_FACETS,
        cursor=_or_null("string"),
        build=_ref("Build"),
        partial=_FLAG,
    ),
    "Totals": _object(
        measure=_TEXT,
        unit=_or_null("string"),
        kind={"type": "string", "enum": ["flow", "stock", "rate"]},
        rule=_TEXT,
        by=_TEXT,
        values=_list(_object(key=_KEY, value={"type": "number"}, records=_COUNT, period=_or_null("string"))),
        build=_ref("Build"),
        partial=_FLAG,
    ),
    "Forecast": _object(
        measure=_TEXT,
        unit=_or_null("string"),
        kind={"type": "string", "enum": ["flow", "stock", "rate"]},
        rule=_TEXT,
        course=_list(_object(year=_COUNT, value=_or_null("number"), part=_or_null("string"))),
        breaks=_list(_object(year=_COUNT, why=_TEXT)),
        method=_or_null("string"),
        refused=_or_null("string"),
        values=_list(
            _object(
                year=_COUNT,
                value={"type": "number"},
                low={"type": "number"},
                high={"type": "number"},
            )
        ),
        interval={"type": "number"},
        back_test={"oneOf": [_ref("BackTest"), {"type": "null"}]},
        build=_ref("Build"),
    ),
    "BackTest": _object(
        origins=_COUNT,
        mase={"type": "number"},
        error={"type": "number"},
        naive_error={"type": "number"},
        covered={"type": "number"},
    ),
    "Description": {"type": "object", "required": ["openapi", "paths"]},
    "Problem": {
        **_object(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT),
        "additionalProperties": _TEXT,
    },
}
