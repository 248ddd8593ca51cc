"""The grammar of Korean by the dictionary that ranks: implements ``search.language.grammar.Grammar``."""

from itertools import pairwise

from search.language import hanja
from search.morphology import tagger

_NOUNS = ("NNG", "NNP", "XPN", "XSN", "XR")
_CASES = frozenset({"을", "를", "은", "는", "에", "에서", "에게", "으로"})
"""Particles that no name ends in; 도 and 로 are also roads and maps."""

_ENDINGS = ("J", "E", "VCP", "XSV", "XSA")
_BEHIND_VERBS = frozenset({"곳", "것", "데", "때"})
"""혼잡한곳, often written together: what stands behind a verb as a noun and says nothing."""

_LONGEST_IN_A_NAME = 2
"""Syllables in which names are taken for a noun with a copula: 장애인, 금성면, 조합설립인가."""
_SAYING_NOTHING = ("NP", "NNB", "MAG", "MM", "MAJ", "IC", "V", "E", "J", "XSV", "XSA")
_COUNTED = frozenset({"개", "명", "곳", "점", "건", "군데", "얼마", "몇", "몇개", "몇명", "몇곳", "몇건"})
"""What one asks for with how many; in a record these are no word to find it by."""

_FILLERS = frozenset(
    {
        "개인가요",
        "개인지",
        "싶어요",
        "싶다",
        "하나요",
        "인가요",
        "알려줘",
        "알려주세요",
        "보여줘",
        "궁금해요",
        "곳은",
        "곳이",
        "곳을",
    }
)
"""Sentence ends that the dictionary, which knows no sentences, takes for names."""


_GENERAL = frozenset(
    [
        "수",
        "숫자",
        "갯수",
        "개수",
        "대수",
        "인원",
        "인원수",
        "명수",
        "건수",
        "횟수",
        "통계",
        "통계표",
        "수치",
        "지표",
        "추이",
        "추세",
        "변화",
        "분포",
        "비교",
        "순위",
        "목록",
        "리스트",
        "명단",
        "현황",
        "자료",
        "데이터",
        "정보",
        "조회",
        "검색",
        "안내",
        "위치",
        "장소",
        "주소록",
        "지도",
        "동네",
        "동네별",
        "우리동네",
        "하루",
        "구별",
        "동별",
        "시군별",
        "지역별",
        "연도별",
        "월별",
        "근처",
        "주변",
        "가까운",
        "list",
        "data",
        "info",
        "map",
        "near",
        "number",
        "count",
        "statistics",
    ]
)
"""What people add to what they look for; a record of a toilet says nowhere that it is a location."""


_HOW_MANY = ("몇", "얼마")
"""What a question of a number begins with: 몇개, 몇곳인가요, 얼마나."""


class Korean:
    """``search.language.grammar.Grammar`` by the dictionary; loaded at the first question."""

    def read_hanja(self, run: str) -> str | None:
        found = "".join(_read_piece(surface, features) or "?" for surface, features in tagger()(run))
        return None if "?" in found or len(found) != len(run) else found

    def stem(self, word: str) -> str | None:
        pieces = _tagged(word)
        after = next((at for at, (_, tags) in enumerate(pieces) if tags[0].startswith(_ENDINGS)), None)
        if not after or not all(tags[-1].startswith(_NOUNS) for _, tags in pieces[:after]):
            return None
        if not _are_an_end(pieces[after:]):
            return None
        return "".join(surface for surface, _ in pieces[:after])

    def is_name(self, word: str) -> bool:
        surface, tags = _tagged(word)[-1]
        if tags[0] == "VCP" and len(tags) > 1:
            return len(surface) <= _LONGEST_IN_A_NAME
        return not tags[-1].startswith("E") and not (tags[-1].startswith("J") and surface in _CASES)

    def is_spelt(self, word: str) -> bool:
        pieces = list(tagger()(word))
        return len(pieces) == 1 and _is_noun_of_the_dictionary(*pieces[0])

    def is_general(self, word: str) -> bool:
        return word in _GENERAL or word.startswith(_HOW_MANY)

    def is_filler(self, word: str) -> bool:
        if word in _FILLERS or word in _COUNTED or self.stem(word) in _COUNTED:
            return True
        pieces = _tagged(word)
        return bool(pieces) and all(tag.startswith(_SAYING_NOTHING) for _, tags in pieces for tag in tags)


def _are_an_end(pieces: list[tuple[str, list[str]]]) -> bool:
    """Whether all that stands behind a noun is an ending: 대로 in 천호대로113길 is none."""
    return all(
        tags[0].startswith(_ENDINGS) or (before[-1] == "ETM" and surface in _BEHIND_VERBS)
        for (_, before), (surface, tags) in pairwise(pieces)
    )


def _is_noun_of_the_dictionary(surface: str, features: str) -> bool:
    """A word that is not known is taken for a noun too: it has no reading."""
    tag, _, _, reading, *_ = features.split(",")
    return tag.startswith(_NOUNS) and len(surface) > 1 and reading != "*" and "가" <= surface[0] <= "힣"


def _tagged(word: str) -> list[tuple[str, list[str]]]:
    """Morphemes with their parts of speech; of contracted ones all of them."""
    return [(surface, features.split(",")[0].split("+")) for surface, features in tagger()(word)]


def _read_piece(surface: str, features: str) -> str | None:
    reading = features.split(",")[3]
    if reading != "*":
        return reading
    found = []
    for char in surface:
        known = (
            features.split(",")[3] for other in hanja.alternatives(char) for _, features in tagger()(other)
        )
        reading = next((one for one in known if one != "*" and len(one) == 1), "")
        if not reading:
            return None
        found.append(reading)
    return "".join(found)
