"""What an answer is, whatever it says it is."""

import pytest

from sources.answers import cell, json_of, text_of, xml_of
from sources.errors import SourceError

TEXT = '{"이름":"강동구 똠방각하 믜"}'
"""With syllables that CP949 has and EUC-KR has not."""


def kind_of(body: bytes) -> str:
    with pytest.raises(SourceError) as error:
        text_of("출처", body)
    return error.value.kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_the_bytes_say_their_encoding(encoding: str) -> None:
    assert text_of("출처", TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("body", [b"", b" \r\n\t", "﻿".encode()])
def test_nothing_is_no_text(body: bytes) -> None:
    assert kind_of(body) == "page"


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html>",
        "<HTML><head>",
        "﻿\n  <!doctype HTML>",
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>",
        "<!-- 점검 -->\n<html lang='ko'>",
    ],
)
def test_a_web_page_is_no_data(page: str) -> None:
    assert kind_of(page.encode()) == "page"
    assert kind_of(page.replace("﻿", "").encode("cp949")) == "page"


def test_data_that_speak_of_web_pages_are_data() -> None:
    text = '{"본보기":"<html>"}'
    assert text_of("출처", text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_text_that_ends_within_a_letter_is_cut(encoding: str) -> None:
    whole = "강동구 천호동".encode(encoding)
    assert kind_of(whole[:-1]) == "cut"


@pytest.mark.parametrize("body", [TEXT.encode("utf-16"), bytes(range(256)), b"\xff\xd8\xff\xe0JFIF"])
def test_other_bytes_are_no_text_and_never_made_one(body: bytes) -> None:
    assert kind_of(body) == "charset"


@pytest.mark.parametrize(
    "text",
    ['{"a":1', '{"a":"b', '{"a":tru', "[", '{"a":[1,2', '[{"a":"b"},', '[{"a":"b"}', '{"a":"긴 글자들과 \\'],
)
def test_json_that_stops_is_cut(text: str) -> None:
    with pytest.raises(SourceError) as error:
        json_of("출처", text)
    assert error.value.kind == "cut"


@pytest.mark.parametrize(
    "text", ['{"a":1}}', '{"a" 1, "b": "어떤 글자들입니다"}', "no", '[{"a":"b"c"},{"d":"e"}]', "[" * 100_000]
)
def test_json_that_is_wrong_within_is_no_json(text: str) -> None:
    with pytest.raises(SourceError) as error:
        json_of("출처", text)
    assert (error.value.kind, error.value.passes) == ("form", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<a><b>", "cut"),
        ("<a", "cut"),
        ("<a><b>x</", "cut"),
        ("<a><![CDATA[x", "cut"),
        ("<a></b>", "form"),
        ("<a/><b/>", "form"),
        ("<a>&none;</a>", "form"),
    ],
)
def test_xml_is_cut_or_wrong(text: str, kind: str) -> None:
    with pytest.raises(SourceError) as error:
        xml_of("출처", text)
    assert error.value.kind == kind


def test_a_bomb_of_entities_does_not_go_off() -> None:
    levels = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(SourceError):
        xml_of("출처", f'<!DOCTYPE a [<!ENTITY b0 "xxxxxxxxxx">{levels}]><a>&b11;</a>')


def test_large_whole_floats_stay_whole() -> None:
    assert [cell(value) for value in (1234.0, -0.5, 10**15, True)] == [
        "1234",
        "-0.5",
        "1000000000000000",
        "True",
    ]
