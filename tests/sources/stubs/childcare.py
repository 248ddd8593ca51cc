"""api.childcare.go.kr: XML without a header or a total, whatever is asked. The shape of its errors is a guess."""

from tests.sources.stubs.scene import KEYS, Scene, unknown
from tests.sources.stubs.wire import XML, Answer, Asked, to_xml

PATH = "/mediate/rest/cpmsapi030/cpmsapi030/request"
DISTRICT = "11740"


def _error(code: str, text: str) -> Answer:
    return Answer(to_xml("response", {"errcd": code, "errmsg": text}).encode(), XML)


def answer(asked: Asked, scene: Scene) -> Answer:
    rows = scene.rows("childcare:cpmsapi030")
    if asked.path != PATH or rows is None:
        return unknown(asked.path)
    if asked.params.get("key") not in KEYS:
        return _error("INFO-100", "인증키가 유효하지 않습니다.")
    centre = asked.params.get("stcode", "")
    rows = [row for row in rows if not centre or row["stcode"] == centre]
    if asked.params.get("arcode") != DISTRICT or not rows:
        return _error("INFO-200", "해당하는 데이터가 없습니다.")
    return Answer(to_xml("response", {"item": scene.fault.rows(rows)}).encode(), XML)
