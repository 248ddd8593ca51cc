"""What staff do in the browser: start and cancel runs, hand over files, accept held editions, roll back."""

import io
from collections.abc import Callable

import pytest

from catalogue import datasets, fetches, holds, runs, uploads
from catalogue.fetches import Outcome, Planned
from catalogue.runs import now
from catalogue.tables import Run
from indexer.gate import GateClosed
from tests.app.staff.conftest import Desk, Office
from tests.faults.killing import counts
from tests.indexer.small import PLAYGROUNDS, WHOLE, index, put

WIDE = (
    "구분,2019년,2020년,2021년\r\n천호1동,10,11,12\r\n길동,20,21,22\r\n둔촌1동,30,31,32\r\n합계,60,63,66\r\n"
)


def handed_over(entered: Desk, name: str, data: bytes, **fields: str) -> str:
    """Upload a file; gives the page it leads to."""
    answer = entered.post("/admin/uploads", page="/admin/uploads", file=(io.BytesIO(data), name), **fields)
    assert answer.status_code == 200
    return answer.request.path


def test_a_run_is_started_followed_and_ends(
    desk: Callable[[str], Desk], office: Office, recent: Callable[[], Run]
) -> None:
    entered = desk("operator")
    entered.post("/admin/runs", job="index", all="1")
    waiting = recent()
    state = entered.get(f"/admin/runs/{waiting.id}.json")
    assert '"state": "queued"' in state.get_data(as_text=True)
    same = entered.browser.get(
        f"/admin/runs/{waiting.id}.json", headers={"If-None-Match": state.headers["ETag"]}
    )
    assert same.status_code == 304
    office.work()
    done = entered.json(f"/admin/runs/{waiting.id}.json")
    assert (done["state"], done["open"]) == ("done", False)
    assert "operator" in entered.text(f"/admin/runs/{waiting.id}")


def test_a_waiting_run_is_cancelled(
    desk: Callable[[str], Desk], office: Office, recent: Callable[[], Run]
) -> None:
    entered = desk("operator")
    entered.post("/admin/runs", job="index", all="1")
    page = entered.post(f"/admin/runs/{recent().id}/cancel").get_data(as_text=True)
    assert "취소" in page
    assert office.work() is None
    assert "이미 끝난" in entered.post(f"/admin/runs/{recent().id}/cancel").get_data(as_text=True)


def test_a_file_is_read_before_it_is_taken_in_and_then_found(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("operator")
    path = handed_over(entered, "강동구_작은나무.csv", WIDE.encode("cp949"))
    assert "읽고 있습니다" in entered.text(path)
    office.work()
    report = entered.text(path)
    for word in ("cp949", "행으로 풀어", "2019년", "60", "합계 행"):
        assert word in report, word
    assert datasets.find(office.workshop.catalogue, "강동구_작은나무.csv") is None, "nothing is stored yet"
    entered.post(
        f"{path}/take", page=path, title="작은나무 심은 수", area="환경 > 공원", provider="공원녹지과"
    )
    office.work()
    found = entered.json("/api/v1/search?q=작은나무")
    assert found["total"] == 9
    assert found["hits"][0]["dataset"]["title"] == "작은나무 심은 수"
    assert "공개 화면" in entered.text(path)


def test_a_new_edition_comes_under_the_dataset_it_belongs_to_and_says_what_differs(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("operator")
    fewer = "이름,동,설치연도,시소수\n" + "".join(f"놀이터{n},길동,2020,{n}\n" for n in range(1, 8))
    path = handed_over(entered, "다른 이름.csv", fewer.encode(), instead="강동구-놀이터")
    office.work()
    report = entered.text(path)
    assert "29건에서 7건으로" in report
    assert "그네수→시소수" in report


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("그림.exe", b"MZ", "받지 않는 종류"),
        ("", b"", "파일을 골라"),
        (f"{'가' * 250}.csv", b"a,b\n1,2\n", "너무 깁니다"),
    ],
)
def test_what_is_no_data_file_is_refused_with_what_to_do(
    desk: Callable[[str], Desk], name: str, data: bytes, word: str
) -> None:
    answer = desk("operator").post("/admin/uploads", page="/admin/uploads", file=(io.BytesIO(data), name))
    assert word in answer.get_data(as_text=True)


def test_a_file_that_intake_refuses_cannot_be_taken_in(desk: Callable[[str], Desk], office: Office) -> None:
    entered = desk("operator")
    path = handed_over(entered, "빈 파일.csv", b" ")
    office.work()
    page = entered.text(path)
    assert "받을 수 없는 파일입니다" in page
    assert "받아들이고 공개" not in page
    assert entered.post(f"{path}/take", page=path).status_code == 400


def test_a_dropped_file_leaves_nothing_behind(desk: Callable[[str], Desk], office: Office) -> None:
    entered = desk("operator")
    path = handed_over(entered, "강동구_작은나무.csv", WIDE.encode())
    office.work()
    entered.post(f"{path}/drop", page=path)
    assert list((office.workshop.storage.var / "uploads").iterdir()) == []
    assert uploads.recent(office.workshop.catalogue)[0].state == uploads.DROPPED


def test_personal_data_in_a_file_are_told_and_need_two_persons(
    desk: Callable[[str], Desk], office: Office
) -> None:
    operator = desk("operator")
    people = "이름,주민등록번호\n" + "".join(f"사람{n},900101-1{n:06d}\n" for n in range(1, 30))
    path = handed_over(operator, "강동구_명단.csv", people.encode())
    office.work()
    assert "개인정보로 보이는 값" in operator.text(path)
    operator.post(f"{path}/take", page=path)
    office.work()
    assert operator.json("/api/v1/search?q=명단")["total"] == 0
    one = desk("publisher").post("/admin/datasets/강동구-명단/accept", reason="지어낸 번호다", edition="1")
    assert "다른 한 사람" in one.get_data(as_text=True)
    again = desk("publisher").post("/admin/datasets/강동구-명단/accept", reason="정말이다", edition="1")
    assert "두 사람이 확인" in again.get_data(as_text=True)
    two = desk("admin").post("/admin/datasets/강동구-명단/accept", reason="확인했다", edition="1")
    assert "이제 공개합니다" in two.get_data(as_text=True)
    office.work()
    assert operator.json("/api/v1/search?q=명단")["total"] == 29
    for page in ("/admin", "/admin/audit", "/admin/datasets/강동구-명단"):
        assert "900101-1000001" not in desk("admin").text(page)


def test_an_accepted_edition_of_a_gate_needs_one_person_and_a_reason(
    desk: Callable[[str], Desk], office: Office
) -> None:
    new = datasets.NewEdition(
        "강동구_놀이터.csv", "놀이터", "환경 > 공원", "강동구", "", False, "f" * 64, 1, 3, {"columns": []}, {}
    )
    finding = {"kind": "drop", "column": "", "message": "29건에서 3건으로 90% 줄었습니다"}
    held = datasets.NewEdition(**{**vars(new), "held_for": [finding]})
    datasets.add(office.workshop.catalogue, held)
    entered = desk("publisher")
    assert "29건에서 3건으로" in entered.text("/admin")
    page = "/admin/datasets/강동구-놀이터"
    assert "까닭" in entered.text(page)
    stale = entered.post(f"{page}/accept", reason="시설을 정비했다", edition="1").get_data(as_text=True)
    assert "다른 판이 왔거나" in stale, "an edition that has come since nobody has looked at"
    assert "적어 주세요" in entered.post(f"{page}/accept", reason=" ", edition="2").get_data(as_text=True)
    assert "이제 공개합니다" in entered.post(
        f"{page}/accept", reason="시설을 정비했다", edition="2"
    ).get_data(as_text=True)
    assert holds.held(office.workshop.catalogue) == []


def test_what_is_said_of_a_dataset_is_changed_and_indexed(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("operator")
    page = "/admin/datasets/강동구-놀이터"
    seen = entered.hidden(page, "seen")
    wrong = entered.post(page, seen=seen, title=" ", area="환경 > 숲", provider="강동구", description="")
    said = wrong.get_data(as_text=True)
    assert "제목을 적어 주세요" in said
    assert 'value="환경 &gt; 숲"' in said, "what was typed besides is there to be mended"
    about = {"title": "어린이 놀이터 목록", "area": "환경>공원", "description": "그네를 센다"}
    entered.post(page, seen=seen, provider="푸른도시과", **about)
    office.work()
    found = entered.json("/api/v1/datasets/강동구-놀이터")
    assert (found["title"], found["area"], found["provider"]) == (
        "어린이 놀이터 목록",
        "환경 > 공원",
        "푸른도시과",
    )


def test_areas_and_providers_that_there_are_can_be_chosen(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("operator")
    path = handed_over(entered, "강동구_작은나무.csv", WIDE.encode())
    office.work()
    areas = {one.area for one in datasets.everything(office.workshop.catalogue)}
    for page in ("/admin/datasets/강동구-놀이터", path):
        text = entered.text(page)
        assert 'list="area-known"' in text
        assert all(f'<option value="{area.replace(">", "&gt;")}">' in text for area in areas)


def test_what_somebody_else_has_changed_meanwhile_is_told_before_it_is_written_over(
    desk: Callable[[str], Desk], office: Office
) -> None:
    first, second = desk("operator"), desk("publisher")
    page = "/admin/datasets/강동구-놀이터"
    seen = second.hidden(page, "seen")
    about = {"area": "환경 > 공원", "provider": "강동구", "description": ""}
    first.post(page, seen=first.hidden(page, "seen"), title="먼저 고친 제목", **about)
    wrong = second.post(page, seen=seen, title="", **about).get_data(as_text=True)
    assert f'name="seen" value="{seen}"' in wrong, "a mistake mended does not hide it"
    told = second.post(page, seen=seen, title="나중 제목", **about).get_data(as_text=True)
    assert "그 사이에 바뀌었습니다" in told
    assert "제목: ‘먼저 고친 제목’" in told
    assert 'value="나중 제목"' in told
    known = office.workshop.catalogue
    assert {one.title for one in datasets.everything(known) if one.id == "강동구-놀이터"} == {
        "먼저 고친 제목"
    }
    second.post(page, seen=second.hidden(page, "seen"), title="나중 제목", **about)
    assert {one.title for one in datasets.everything(known) if one.id == "강동구-놀이터"} == {"나중 제목"}
    twice = second.post(page, seen=seen, title="나중 제목", **about).get_data(as_text=True)
    assert "바뀐 것이 없습니다" in twice, "a double click is no change of somebody else"


def test_a_build_is_rolled_back_from_the_browser(desk: Callable[[str], Desk], office: Office) -> None:
    before = office.workshop.engine.live().build.id
    entered = desk("publisher")
    path = handed_over(entered, "강동구_놀이터.csv", (PLAYGROUNDS + "놀이터30,길동,2020,3\n").encode())
    office.work()
    entered.post(f"{path}/take", page=path)
    office.work()
    assert office.workshop.engine.live().build.id != before
    entered.post("/admin/builds/rollback")
    office.work()
    assert office.workshop.engine.live().build.id == before
    assert counts(office.workshop.engine) == WHOLE


def test_how_fresh_a_dataset_is_stands_against_what_was_promised(
    desk: Callable[[str], Desk], office: Office
) -> None:
    catalogue = office.workshop.catalogue
    fetches.plan(
        catalogue, [Planned("playgrounds", "seoul", "놀이터", "서울시", "강동구_놀이터.csv", "0 3 * * *", 7)]
    )
    run = runs.enqueue(catalogue, "test", job=runs.FETCH)
    fetches.note(
        catalogue, run, Outcome("playgrounds", "seoul", fetches.UNCHANGED, "지난번과 같습니다."), now()
    )
    entered = desk("operator")
    assert "자료가 늦고" not in entered.text("/datasets/강동구-놀이터")
    tag = entered.get("/datasets/강동구-놀이터").headers["ETag"]
    fetches.note(
        catalogue, run, Outcome("playgrounds", "seoul", fetches.FAILED, "GBP_SEOUL_KEY", "key"), now()
    )
    public = entered.browser.get("/datasets/강동구-놀이터", headers={"If-None-Match": tag})
    assert public.status_code == 200
    text = public.get_data(as_text=True)
    assert "출처가 인증을 받아 주지 않았습니다" in text
    assert f"{now():%Y}" in text
    assert "GBP_SEOUL_KEY" not in text, "what is only for staff"
    assert "못 받음 1" in entered.text("/status")
    assert "GBP_SEOUL_KEY" in entered.text("/admin/sources/playgrounds")


def test_staff_set_a_schedule_of_their_own_or_stop_a_dataset(
    desk: Callable[[str], Desk], office: Office
) -> None:
    catalogue = office.workshop.catalogue
    fetches.plan(
        catalogue, [Planned("playgrounds", "seoul", "놀이터", "서울시", "강동구_놀이터.csv", "0 3 * * *", 7)]
    )
    entered = desk("operator")
    page = "/admin/sources/playgrounds"
    for wrong, said in (
        ("매일", "일정이 아니거나"),
        ("5 5 31 2 *", "오지 않는 날"),
        ("* * * * *", "너무 잦습니다"),
        ("0,30 9 * * *", "너무 잦습니다"),
    ):
        answer = entered.post(page, schedule=wrong, paused="1").get_data(as_text=True)
        assert "checked" in answer, wrong
        assert said in answer, wrong
        assert f'value="{wrong}"' in answer, "it is there to be mended"
    answer = entered.post(page, schedule="15 5 * * 1-5").get_data(as_text=True)
    assert "05:15" in answer, "the next times are told as times"
    assert fetches.schedules(catalogue) == {"15 5 * * 1-5": ["playgrounds"]}
    assert "다음 예정" not in entered.post(page, schedule="", paused="1").get_data(as_text=True)
    assert fetches.schedules(catalogue) == {}
    entered.post(page, schedule="")
    assert fetches.schedules(catalogue) == {"0 3 * * *": ["playgrounds"]}


@pytest.mark.parametrize(
    "path",
    [
        "/admin/runs/999",
        "/admin/datasets/없는것",
        "/admin/uploads/없는것",
        "/admin/sources/없는것",
        "/admin/runs/999.json",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(desk: Callable[[str], Desk], path: str) -> None:
    assert desk("viewer").get(path).status_code == 404


def test_a_bad_edition_is_taken_back_and_the_one_before_stays_shown(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("publisher")
    path = handed_over(entered, "강동구_놀이터.csv", (PLAYGROUNDS + "놀이터30,길동,2020,3\n").encode())
    office.work()
    entered.post(f"{path}/take", page=path)
    office.work()
    assert dict(counts(office.workshop.engine))["강동구-놀이터"] == 30
    page = "/admin/datasets/강동구-놀이터"
    assert "적어 주세요" in entered.post(f"{page}/withdraw", reason="").get_data(as_text=True)
    assert entered.hidden(page, "edition") == "2"
    for _ in range(2):  # a double click
        entered.post(f"{page}/withdraw", reason="잘못 적힌 행이 있다", edition="2")
    office.work()
    assert counts(office.workshop.engine) == WHOLE
    index(office.workshop)
    assert counts(office.workshop.engine) == WHOLE, "also after the next index"
    put(office.workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,3\n")
    index(office.workshop)
    assert counts(office.workshop.engine) == WHOLE, "also when the same file comes again"
    assert "잘못 적힌 행이 있다" in entered.text("/admin")
    entered.post(f"{page}/accept", reason="고칠 것이 없었다", edition="2")
    office.work()
    assert dict(counts(office.workshop.engine))["강동구-놀이터"] == 30


def test_a_dataset_with_one_edition_is_taken_off_the_portal(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("publisher")
    page = "/admin/datasets/강동구-놀이터"
    assert "데이터셋이 포털에서 사라집니다" in entered.text(page)
    said = entered.post(f"{page}/withdraw", reason="개인정보가 들어 있다", edition="1").get_data(as_text=True)
    assert "보이지 않습니다" in said
    again = entered.post(f"{page}/withdraw", reason="또", edition="1").get_data(as_text=True)
    assert "지금 공개된 판이 아니어서" in again
    office.work()
    assert "강동구-놀이터" not in dict(counts(office.workshop.engine))
    assert office.browser().get("/datasets/강동구-놀이터").status_code == 404
    assert "지금 판 거두어들이기" not in entered.text(page), "there is nothing left to take back"
    entered.post(f"{page}/accept", reason="지어낸 값이다", edition="1")
    office.work()
    assert counts(office.workshop.engine) == WHOLE


def test_a_portal_whose_every_dataset_was_taken_back_shows_none(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("publisher")
    for name, _ in WHOLE:
        entered.post(f"/admin/datasets/{name}/withdraw", reason="모두 거둔다", edition="1")
        office.work()
    assert not counts(office.workshop.engine)
    assert "강동구" in office.browser().get("/").get_data(as_text=True)
    entered.post("/admin/runs", job="index", all="1")
    office.work()
    assert not counts(office.workshop.engine)


def test_what_was_taken_back_is_not_shown_again_by_a_rollback(
    desk: Callable[[str], Desk], office: Office, recent: Callable[[], Run]
) -> None:
    entered = desk("publisher")
    entered.post("/admin/datasets/강동구-놀이터/withdraw", reason="개인정보가 들어 있다", edition="1")
    office.work()
    left = counts(office.workshop.engine)
    entered.post("/admin/builds/rollback")
    with pytest.raises(GateClosed, match="놀이터"):
        office.work()
    assert counts(office.workshop.engine) == left
    assert "거두어들였거나 보류된 판이 있어" in entered.text(f"/admin/runs/{recent().id}")


def test_what_staff_accept_ends_the_word_that_data_are_late(
    desk: Callable[[str], Desk], office: Office
) -> None:
    catalogue = office.workshop.catalogue
    fetches.plan(
        catalogue, [Planned("grounds", "seoul", "놀이터", "서울시", "강동구_놀이터.csv", "0 3 * * *", 7)]
    )
    finding = {"kind": "drop", "column": "", "message": "29건에서 3건으로 줄었습니다"}
    new = datasets.NewEdition(
        *("강동구_놀이터.csv", "놀이터", "환경 > 공원", "강동구", "", False, "f" * 64, 1, 3),
        columns={"columns": []},
        report={},
        held_for=[finding],
    )
    datasets.add(catalogue, new)
    run = runs.enqueue(catalogue, "test", job=runs.FETCH)
    fetches.note(catalogue, run, Outcome("grounds", "seoul", fetches.HELD, "줄었습니다", "drop"), now())
    entered = desk("publisher")
    assert "자료가 늦고" in entered.text("/datasets/강동구-놀이터")
    entered.post("/admin/datasets/강동구-놀이터/accept", reason="맞다", edition="2")
    assert "자료가 늦고" not in entered.text("/datasets/강동구-놀이터")


def test_a_file_much_unlike_the_edition_before_is_for_who_may_publish(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("operator")
    path = handed_over(entered, "강동구_놀이터.csv", PLAYGROUNDS[:200].rpartition("\n")[0].encode())
    office.work()
    assert "받아들이고 공개" not in entered.text(path)
    assert entered.post(f"{path}/take", page=path).status_code == 403
    publisher = desk("publisher")
    assert "400자까지" in publisher.post(f"{path}/take", page=path, title="가" * 401).get_data(as_text=True)
    assert publisher.post(f"{path}/take", page=path).status_code == 200
    assert publisher.post(f"{path}/take", page=path).status_code == 409, "once is enough"
    assert publisher.post(f"{path}/drop", page=path).status_code == 400, "it is being taken in"


def test_a_file_of_another_name_is_told_to_be_perhaps_an_edition(
    desk: Callable[[str], Desk], office: Office
) -> None:
    entered = desk("operator")
    path = handed_over(entered, "강동구_놀이터_20240229.csv", PLAYGROUNDS.encode())
    office.work()
    assert 'href="/admin/datasets/강동구-놀이터#new-title"' in entered.text(path)
    same = handed_over(entered, "강동구_놀이터.csv", PLAYGROUNDS.encode())
    office.work()
    assert "제목과 제공기관이 같은" not in entered.text(same)


def test_an_upload_is_read_before_what_else_waits(desk: Callable[[str], Desk], office: Office) -> None:
    runs.enqueue(office.workshop.catalogue, "schedule", all_of_them=True)
    path = handed_over(desk("operator"), "강동구_작은나무.csv", WIDE.encode())
    office.work()
    assert "읽어 본 결과" in desk("operator").text(path)
    assert runs.waiting(office.workshop.catalogue) == 1


def test_who_may_only_look_sees_no_forms(desk: Callable[[str], Desk]) -> None:
    entered = desk("viewer")
    for page in ("", "/runs", "/sources", "/datasets/강동구-놀이터", "/uploads", "/builds"):
        assert entered.text(f"/admin{page}").count("<form") == 1, page  # the logout
