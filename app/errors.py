"""Errors in plain words: pages in Korean, the API as problem+json, the right status for both."""

import json
import logging

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from app.comparing.comparing import NotComparable
from app.downloads.as_xlsx import TooManyRows
from app.look import NoSuchDataset
from app.paging import NoSuchPage
from app.params import ParamError
from app.views import ErrorPage
from app.wording import shortened
from search.engine import EngineError, NothingPublished
from search.language.query import QueryTooLong

RETRY_SECONDS = 5
KEPT_QUERY = 100
_log = logging.getLogger(__name__)

_WORDS = {
    400: ("요청을 이해하지 못했습니다", "주소나 입력한 값을 고치거나, 위 검색창에서 다시 찾아 주세요."),
    403: ("이 일을 할 권한이 없습니다", "필요하면 관리자에게 역할을 바꾸어 달라고 하세요."),
    404: ("찾으시는 것이 없습니다", "주소를 확인하시거나 위 검색창에서 찾아 보세요."),
    405: ("이 주소에서는 할 수 없는 요청입니다", "처음 화면에서 다시 시작해 주세요."),
    411: ("파일의 크기를 알 수 없습니다", "다시 보내 주세요."),
    429: ("너무 여러 번 틀렸습니다", "15분 뒤에 다시 시도해 주세요."),
    413: ("보내신 내용이 너무 큽니다", "크기를 줄여 다시 보내 주세요."),
    414: ("주소가 너무 깁니다", "검색어를 줄여 다시 찾아 주세요."),
    500: ("처리하다 오류가 났습니다", "잠시 뒤에 다시 시도해 주세요. 계속되면 담당자에게 알려 주세요."),
    503: ("검색을 잠시 쓸 수 없습니다", "잠시 뒤에 다시 시도해 주세요. 자료는 안전합니다."),
}
_DETAILS = {
    404: "이 주소에는 아무것도 없습니다.",
    405: "이 주소는 읽기만 할 수 있습니다.",
}


def install(app: Flask) -> None:
    """Register what becomes of each error."""
    app.register_error_handler(ParamError, _unusable)
    app.register_error_handler(QueryTooLong, _unusable)
    app.register_error_handler(NotComparable, _not_comparable)
    app.register_error_handler(TooManyRows, _too_many)
    app.register_error_handler(NoSuchPage, _absent)
    app.register_error_handler(NoSuchDataset, _absent)
    app.register_error_handler(EngineError, _engine)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _unusable(error: Exception) -> Response:
    return answer(400, str(error), error.name if isinstance(error, ParamError) else "q")


def _not_comparable(error: Exception) -> Response:
    return answer(400, str(error), "as")


def _too_many(error: Exception) -> Response:
    return answer(400, str(error))


def _absent(error: Exception) -> Response:
    return answer(404, str(error))


def _engine(error: EngineError) -> Response:
    _log.error("engine: %s", error)
    if isinstance(error, NothingPublished):
        return answer(503, "아직 공개된 색인본이 없습니다. 담당자가 자료를 넣고 색인하면 보입니다.")
    return answer(503, "검색 엔진이 응답하지 않습니다.")


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    # what we say ourselves goes before; what the library says is English
    ours = error.description if error.description != type(error).description else None
    response = answer(code, ours or _DETAILS.get(code, _words(code)[0] + "."))
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "Content-Range"}:
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    _log.exception("unforeseen error", exc_info=error)
    return answer(500, "예상하지 못한 오류입니다.")


def _words(status: int) -> tuple[str, str]:
    return _WORDS.get(status) or _WORDS[500 if status >= 500 else 400]


def answer(status: int, detail: str, parameter: str | None = None) -> Response:
    """The error as the API or as a page says it."""
    title, advice = _words(status)
    if request.path.startswith("/api/"):
        response = _problem(status, title, detail, parameter)
    else:
        q = shortened("".join(filter(str.isprintable, request.args.get("q", ""))), KEPT_QUERY)
        page = ErrorPage(status, title, detail, advice, q)
        response = make_response(render_template("error.html", page=page), status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem(status: int, title: str, detail: str, parameter: str | None) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if parameter:
        body["parameter"] = parameter
    response = make_response(json.dumps(body, ensure_ascii=False), status)
    response.mimetype = "application/problem+json"
    return response
