"""Login and logout."""

from urllib.parse import urlsplit

from flask import current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.portal import portal
from app.staff.guard import bp, cookie, person
from catalogue import audit, staff
from catalogue.audit import Action
from catalogue.staff import LONGEST, Passwords, Refused

PASSWORDS = "passwords"
WRONG = "이름이나 비밀번호가 맞지 않습니다."
TOO_MANY = "여러 번 틀려 잠시 막았습니다. 15분 뒤에 다시 시도해 주세요."


@bp.route("/login", methods=["GET", "POST"])
def login() -> Response:
    """The form, and what becomes of it."""
    to = _inside(request.values.get("next", ""))
    if request.method == "GET":
        return make_response(render_template("admin/login.html", to=to, name="", wrong=""))
    name = request.form.get("name", "").strip()
    passwords = current_app.extensions[PASSWORDS]
    assert isinstance(passwords, Passwords)  # noqa: S101 - for the type checker: create_app has put it there
    try:
        token = staff.login(
            portal().catalogue,
            passwords,
            name,
            request.form.get("password", ""),
            request.remote_addr or "",
            portal().settings.secret,
        )
    except Refused as refused:
        # people type their password into the wrong field; and who is locked out fills no log
        if not refused.too_many:
            known = any(one.name == name for one in staff.everyone(portal().catalogue))
            who = name if known else "?"
            audit.note(portal().catalogue, who, Action.LOGIN_REFUSED, "", request.remote_addr or "")
        wrong = TOO_MANY if refused.too_many else WRONG
        page = render_template("admin/login.html", to=to, name=name, wrong=wrong)
        return make_response(page, 429 if refused.too_many else 403)
    audit.note(portal().catalogue, name, Action.LOGIN, "", request.remote_addr or "")
    response = redirect(to or url_for("staff.overview"), 303)
    response.set_cookie(
        cookie(),
        token,
        max_age=int(LONGEST.total_seconds()),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


@bp.post("/logout")
def logout() -> Response:
    staff.logout(portal().catalogue, request.cookies.get(cookie(), ""), portal().settings.secret)
    audit.note(portal().catalogue, person().name, Action.LOGOUT)
    response = redirect(url_for("staff.login"), 303)
    response.delete_cookie(cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def _inside(to: str) -> str:
    """Only a path below ``/admin`` of this host (``//elsewhere`` is none)."""
    parts = urlsplit(to)
    inside = not parts.scheme and not parts.netloc and parts.path.startswith("/admin") and "\\" not in to
    return to if inside else ""
