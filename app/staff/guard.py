"""Who may see and do what on the staff pages: one gate before all of them, and a role before each action."""

from collections.abc import Callable
from functools import wraps
from hmac import compare_digest
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.portal import portal
from catalogue import audit, staff
from catalogue.audit import Action
from catalogue.staff import Person

P = ParamSpec("P")
R = TypeVar("R")

bp = Blueprint("staff", __name__, url_prefix="/admin")
LOGIN = "staff.login"
TOKEN_FIELD = "csrf"  # noqa: S105 - the name of a field


@bp.before_request
def guard() -> Response | None:
    """Nobody passes without a session, and no form without its token from a page of ours."""
    if request.method != "GET" and not _is_from_here():
        abort(400, "다른 누리집에서 보낸 요청은 받지 않습니다.")
    g.person = _person()
    if request.endpoint == LOGIN:
        return None
    if g.person is None:
        if request.method != "GET":
            abort(403, "로그인한 지 오래되었습니다. 다시 로그인해 주세요.")
        return redirect(url_for(LOGIN, next=request.full_path.rstrip("?")))
    if request.method != "GET" and not compare_digest(request.form.get(TOKEN_FIELD, ""), g.person.csrf):
        abort(400, "오래된 화면에서 보낸 요청입니다. 화면을 새로 고친 뒤 다시 해 주세요.")
    return None


def _is_from_here() -> bool:
    """Browsers say where a form comes from in one of two headers; neither is a program, which has no cookie."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def cookie() -> str:
    """The prefix binds it to this host and to https; over http there is none such."""
    return "__Host-gbp" if request.is_secure else "gbp"


def _person() -> Person | None:
    token = request.cookies.get(cookie(), "")
    return staff.who(portal().catalogue, token, portal().settings.secret) if token else None


def person() -> Person:
    """Who is logged in, behind the gate."""
    found = g.person
    assert isinstance(found, Person)  # noqa: S101 - for the type checker: the gate has seen to it
    return found


def needs(role: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only who has the role, or one above it."""

    def around(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*given: P.args, **named: P.kwargs) -> R:
            if not person().may(role):
                abort(403, f"‘{ROLE_NAMES[role]}’ 이상만 할 수 있습니다.")
            return view(*given, **named)

        return checked

    return around


ROLE_NAMES = {
    staff.VIEWER: "열람자",
    staff.OPERATOR: "운영자",
    staff.PUBLISHER: "공개 책임자",
    staff.ADMIN: "관리자",
}


def note(action: Action, what: str = "", detail: str = "") -> None:
    """Into the audit log, under the name of who is logged in."""
    audit.note(portal().catalogue, person().name, action, what, detail)


def back(endpoint: str, done: str, **values: str | int) -> Response:
    """To a page that says what was done."""
    given: dict[str, Any] = {**values, "done": done or None}
    return redirect(url_for(f"staff.{endpoint}", **given), 303)


SAID = {
    "queued": "실행을 대기열에 넣었습니다.",
    "cancelled": "취소를 요청했습니다.",
    "ended": "이미 끝난 실행이라 취소할 것이 없습니다.",
    "saved": "고쳤습니다. 검색에는 다음 색인부터 나타납니다.",
    "same": "바뀐 것이 없습니다.",
    "schedule": "일정을 고쳤습니다. 1분 안에 적용됩니다.",
    "accepted": "확인을 기록했습니다. 이제 공개합니다.",
    "second": "확인을 기록했습니다. 다른 한 사람이 더 확인해야 공개합니다.",
    "withdrawn": "거두어들였습니다. 앞선 판을 다시 공개합니다.",
    "gone": "거두어들였습니다. 앞선 판이 없으므로 곧 이루어질 색인부터 데이터셋이 보이지 않습니다.",
    "dropped": "올린 파일을 버렸습니다.",
    "rollback": "앞선 색인본으로 되돌리도록 대기열에 넣었습니다.",
}


def said() -> str:
    """What the page before did, in words; '' where it did nothing."""
    return SAID.get(request.args.get("done", ""), "")
