"""Who gets in, who may do what, and what is written down of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.staff.guard import bp
from app.wording import ACTIONS
from catalogue import audit, staff
from catalogue.runs import now
from catalogue.tables import LoginFailure, StaffSession
from tests.app.staff.conftest import PASSWORD, Desk, Office

PAGES = ("", "/runs", "/sources", "/datasets", "/uploads", "/builds", "/audit")


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_staff_page_without_a_login_and_is_led_back_after_it(office: Office, page: str) -> None:
    browser = office.browser()
    answer = browser.get(f"/admin{page}")
    assert answer.status_code == 302
    assert "/admin/login?next=" in answer.location
    entered = browser.post(
        answer.location, data={"name": "viewer", "password": PASSWORD, "next": f"/admin{page}"}
    )
    assert entered.location == f"/admin{page}"
    assert browser.get(f"/admin{page}").status_code == 200


def test_every_action_but_the_login_is_refused_without_one(office: Office) -> None:
    rules = [rule for rule in office.app.url_map.iter_rules() if rule.endpoint.startswith(f"{bp.name}.")]
    posts = [rule for rule in rules if "POST" in (rule.methods or ()) and rule.endpoint != "staff.login"]
    assert len(posts) >= 10
    with office.app.test_request_context():
        for rule in posts:
            values = dict.fromkeys(rule.arguments, "1")
            path = office.app.url_map.bind("localhost").build(rule.endpoint, values, method="POST")
            assert office.browser().post(path).status_code == 403, path


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example/admin", "/datasets", "/admin\\@x"]
)
def test_a_login_leads_nowhere_but_to_staff_pages(office: Office, to: str) -> None:
    answer = office.browser().post("/admin/login", data={"name": "viewer", "password": PASSWORD, "next": to})
    assert answer.location == "/admin"


def test_the_cookie_is_for_this_host_and_no_script_and_over_https_only_for_https(office: Office) -> None:
    plain = office.browser().post("/admin/login", data={"name": "viewer", "password": PASSWORD})
    assert "HttpOnly" in plain.headers["Set-Cookie"]
    assert "SameSite=Lax" in plain.headers["Set-Cookie"]
    safe = office.browser().post(
        "/admin/login", data={"name": "viewer", "password": PASSWORD}, base_url="https://portal.example"
    )
    assert safe.headers["Set-Cookie"].startswith("__Host-gbp=")
    assert "Secure" in safe.headers["Set-Cookie"]


def test_each_login_is_a_new_session_and_a_logout_ends_it(
    office: Office, desk: Callable[[str], Desk]
) -> None:
    one, other = desk("viewer"), desk("viewer")
    one.post("/admin/logout")
    assert one.get("/admin").status_code == 302
    assert other.get("/admin").status_code == 200


@pytest.mark.parametrize(
    ("began", "seen"), [(timedelta(0), timedelta(minutes=31)), (timedelta(hours=8, minutes=1), timedelta(0))]
)
def test_a_session_ends_when_idle_or_after_a_working_day(
    office: Office, desk: Callable[[str], Desk], began: timedelta, seen: timedelta
) -> None:
    entered = desk("viewer")
    with office.workshop.catalogue.session() as session:
        for row in session.query(StaffSession):
            row.began_at, row.seen_at = now() - began, now() - seen
    assert entered.get("/admin").status_code == 302


def test_who_guesses_is_locked_out_by_account_and_by_address(office: Office) -> None:
    browser = office.browser()
    for _ in range(staff.MOST_FAILURES_OF_ACCOUNT):
        answer = browser.post("/admin/login", data={"name": "admin", "password": "guess"})
        assert answer.status_code == 403
        assert "맞지 않습니다" in answer.get_data(as_text=True)
    locked = browser.post("/admin/login", data={"name": "admin", "password": PASSWORD})
    assert locked.status_code == 429
    assert browser.post("/admin/login", data={"name": "viewer", "password": PASSWORD}).status_code == 303
    with office.workshop.catalogue.session() as session:
        session.add_all(
            LoginFailure(who=staff._who("from", "127.0.0.1"), at=now())
            for _ in range(staff.MOST_FAILURES_OF_ADDRESS)
        )
    assert browser.post("/admin/login", data={"name": "viewer", "password": PASSWORD}).status_code == 429


def test_a_form_without_its_token_or_from_another_site_does_nothing(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("admin")
    assert entered.browser.post("/admin/runs", data={"job": "index"}).status_code == 400
    assert entered.browser.post("/admin/runs", data={"job": "index", "csrf": "0" * 32}).status_code == 400
    other = desk("viewer")
    assert other.browser.post("/admin/runs", data={"job": "index", "csrf": "0" * 32}).status_code == 400
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = entered.browser.post("/admin/runs", data={"job": "index"}, headers=header)
        assert answer.status_code == 400
        assert "다른 누리집" in answer.get_data(as_text=True)
    assert office.work() is None, "nothing was queued"


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("viewer", "/admin/runs", 403),
        ("operator", "/admin/runs", 200),
        ("operator", "/admin/builds/rollback", 403),
        ("publisher", "/admin/builds/rollback", 200),
        ("operator", "/admin/datasets/강동구-놀이터/accept", 403),
        ("viewer", "/admin/uploads", 403),
        ("viewer", "/admin/datasets/강동구-놀이터", 403),
        ("admin", "/admin/runs", 200),
    ],
)
def test_a_role_may_do_what_is_its_own_and_no_more(
    desk: Callable[[str], Desk], role: str, path: str, status: int
) -> None:
    answer = desk(role).post(path, job="index")
    assert answer.status_code == status
    if status == 403:
        assert "권한이 없습니다" in answer.get_data(as_text=True)


def test_nothing_of_the_staff_pages_is_kept_by_anybody(desk: Callable[[str], Desk]) -> None:
    for page in PAGES:
        answer = desk("viewer").get(f"/admin{page}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_what_was_done_is_written_down_with_name_and_time(
    office: Office, desk: Callable[[str], Desk]
) -> None:
    entered = desk("operator")
    entered.post("/admin/runs", job="index")
    log = [(one.by, one.action) for one in audit.recent(office.workshop.catalogue)]
    assert log[:2] == [("operator", "run"), ("operator", "login")]
    page = entered.text("/admin/audit")
    assert "operator" in page
    assert "로그인" in page


def test_everything_that_may_be_done_has_a_word_on_the_page() -> None:
    assert ACTIONS.keys() == set(audit.Action)


def test_no_password_stands_in_the_catalogue(office: Office, desk: Callable[[str], Desk]) -> None:
    desk("admin")
    office.browser().post("/admin/login", data={"name": "admin", "password": "planted-wrong-word"})
    office.browser().post("/admin/login", data={"name": "planted-wrong-word", "password": "admin"})
    kept = b"".join(path.read_bytes() for path in office.workshop.storage.var.glob("catalogue.sqlite*"))
    assert b"planted-wrong-word" not in kept
    assert PASSWORD.encode() not in kept
