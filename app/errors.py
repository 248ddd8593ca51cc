"""Errors in plain words: pages in Korean, the API as problem+json, the right status for both."""

import json
import logging

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from app.find import NoSuchPage
from app.look import NoSuchDataset
from app.params import ParamError
from app.views import ErrorPage
from search.engine import EngineError, NothingPublished
from search.query import QueryTooLong

RETRY_SECONDS = 5
_log = logging.getLogger(__name__)

_WORDS = {
    400: ("요청을 이해하지 못했습니다", "주소나 입력한 값을 확인해 주세요."),
    404: ("찾으시는 것이 없습니다", "주소를 확인하시거나 검색으로 찾아 보세요."),
    405: ("이 주소에서는 할 수 없는 요청입니다", "첫 화면에서 다시 시작해 주세요."),
    413: ("보내신 내용이 너무 큽니다", "크기를 줄여 다시 보내 주세요."),
    414: ("주소가 너무 깁니다", "검색어를 줄여 주세요."),
    500: ("처리하다 오류가 났습니다", "잠시 뒤에 다시 시도해 주세요. 계속되면 관리자에게 알려 주세요."),
    503: ("검색을 잠시 쓸 수 없습니다", "잠시 뒤에 다시 시도해 주세요. 자료는 안전합니다."),
}


def install(app: Flask) -> None:
    """Register what becomes of each error."""

    @app.errorhandler(ParamError)
    def param(error: ParamError) -> Response:
        return answer(400, str(error))

    @app.errorhandler(QueryTooLong)
    def too_long(error: QueryTooLong) -> Response:
        return answer(400, str(error))

    @app.errorhandler(NoSuchPage)
    def no_page(error: NoSuchPage) -> Response:
        return answer(404, str(error))

    @app.errorhandler(NoSuchDataset)
    def no_dataset(error: NoSuchDataset) -> Response:
        return answer(404, str(error))

    @app.errorhandler(NothingPublished)
    def nothing(_: NothingPublished) -> Response:
        return answer(503, "아직 공개된 색인본이 없습니다. 담당자가 자료를 넣고 색인하면 보입니다.")

    @app.errorhandler(EngineError)
    def engine(error: EngineError) -> Response:
        _log.error("engine: %s", error)
        return answer(503, "검색 엔진이 응답하지 않습니다.")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        code = error.code or 500
        return answer(code, _WORDS.get(code, _WORDS[500])[0] + ".")

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        _log.exception("unforeseen error", exc_info=error)
        return answer(500, "예상하지 못한 오류입니다.")


def answer(status: int, detail: str) -> Response:
    """The error as the API or as a page says it."""
    title, advice = _WORDS.get(status, _WORDS[500] if status >= 500 else _WORDS[400])
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        response = make_response(json.dumps(body, ensure_ascii=False), status)
        response.mimetype = "application/problem+json"
    else:
        page = ErrorPage(status, title, detail, advice, q=request.args.get("q", "")[:100])
        response = make_response(render_template("error.html", page=page), status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
