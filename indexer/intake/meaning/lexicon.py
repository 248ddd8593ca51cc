"""Words by which Korean publishers name what a column holds. Patterns are matched against plain names."""

import re

# identifiers and numbers in a list
CODE = re.compile(
    r"코드$|코드값$|번호\d*$|당첨번호|번$|회차$|id$|아이디$|연번|순번|일련|우편|^fax|^tel|고유키|식별자|사업자등록|바코드"
    r"|(?<![a-z])(?:no|cd|code|seq|num|key|pk)$|^(?:sno|seqno|idx|fid|gid|objectid)$|^ars|senu$|(?:tel|fax|zip)(?:no)?$|ltno|^r(?:ow)?num$"
)
# numbers to call are codes if that is what the column holds: 장난전화 counts calls
CALL = re.compile(r"전화|팩스|연락처")
# the last part of a field's name: pnu_cd, sgguCd
CODE_WORD = re.compile(
    r"(?:^|[\s_.\-])(?i:no|cd|id|code|seq|key|pk)$|(?<=[a-z0-9])(?:No|Cd|Id|Code|Seq|Key|Sn|SN|CD|ID|NO)$"
)
# a code's name is a text
CODE_NAME = re.compile(r"(?:코드|번호)(?:명|명칭|이름|값명)$")
# days on which something happened to the entity: they do not date the table
EVENT_DATE = re.compile(
    r"등록|수정|갱신|변경|지정|고시|설치|개원|개소일|개관|설립|준공|개방일|인허가|허가|인가|신고일|폐업|휴업|재개업|작업|최종|생성|해제"
    r"|승인|가동|점검|취소|사용승인|(?<!행사)(?<!축제)(?<!공연)(?<!전시)(?<!교육)(?<!강좌)(?:시작|종료)|조성|개업|건축|제조|취항|입력|개설|착공|완공|입주|공고|계약(?:시작|종료|기간|체결|해지)|만료|유효|출생|(?<!발)생년"
    r"|조사일|구축|개통|운영|매입|취득|유지보수|보수일|정비일|교체|철거|폐쇄|리모델링|착수|접수일시|처리일|개정|제정|update|updt|modif|mdfcn|creat|regist|insert|dsgn|rmv|aprv|prmsn|cnstc|_end|endymd|endtm|sattm"
)
TIME = re.compile(
    r"^(?:기간|시점|일자|날짜|일시|연도|년도|년|월|일|년월|연월|년월일|기준일|기준일자|기준년|기준월|분기|요일시각|시각|월별|연도별|년도별|분기별)$"
    r"|기준(?:일|일자|연월|년월|년도|연도|년|월|일시|시점|날짜)|데이터기준|기준년분기|기준분기|년분기"
    r"|(?:사용|측정|관측|수집|대여|이용|운행|발생|단속|조사|집계|통계|거래|판매|확진|사고|신청|접수|민원|출동|가입|조회|승차|영업|매출|청구|방문|검사|대출|수신|수집|경락|경매|추첨|배출|공급|채수|계약)(?:일|일자|일시|월|년|년월|연월|년도|연도|날짜|시각|월일)$"
    r"|(?:시각|일시|시점|제안일|발의일|(?:행사|축제|공연|전시|교육|강좌)(?:시작|종료)일자?|년월|연월|년도|연도|날짜|년월일|년월일시|발생년|발생월|배출월|배출일|자료년도|회계연도)$|^(?:date|year|month|ym|ymd|yyyymm|prdde|statsym|std.*ymd|[a-z_]*ym|basedate|referencedate)$|(?:ymd|date|yyyymm|year)$"
)
YEAR_PART = re.compile(
    r"(?:^|기준|발생|배출|사용|이용|측정)(?:년|년도|연도|년코드|연도코드|year)(?:코드)?$|^(?:연도|년도|년)별$"
)
QUARTER_PART = re.compile(r"분기(?:코드|별)?$|^quarter$")
MONTH_PART = re.compile(r"^(?:월|월별|기준월|발생월|배출월|사용월|이용월|측정월|month|월코드|기준월코드)$")
DAY_PART = re.compile(r"^(?:일|계약일|발생일|배출일|사용일|이용일|측정일|day|기준일코드)$")

RATE = re.compile(
    r"율$|률$|율\(|비율|표준오차|표준편차|변동계수|신뢰구간|비중|구성비|증감률|성비$|남여비|퍼센트|percent|ratio|rate$|평균|일평균|지수|(?<![지상매맹업개의화식인세리])점수|평점|평가점|등급|농도|잔류염소|mg/l|㎎/l|㎍/|μg/|ntu\)|cfu|온도|기온|수온|습도|풍속|기압"
    r"|밀도|단가(?!구)|풍향|\(deg\)|가격|공시지가|요금$|기본요금|단위요금|주차권요금|정기권요금|금리|이자율|환율|배율|높이|고도|표고|깊이|수심|심도|폭$|너비|층수|층고|^층$|하중$|혼잡도|만족도|체감|기대수명|(?<![집합통])계수$|(?:충실|정확|신뢰|선호|이해|기여|인지|청렴|완성|활용|심각|중요|집중)도$|적시성|충실성|정확성|완전성"
    r"|경사|속도(?!로)|탁도|산도|^ph$|조도|휘도|전압|(?:관람|입장|수강|대관|사용)료$|(?<!이동)(?<!주행)(?<!운행)(?<!이용)(?<!연장)거리$|(?<!지)연령$|나이$|차로수|차선수|신호시간|소요시간|적용시간|기본시간|단위시간|기준시간|배차간격|간격|연면적비|중위(?:수|값|소득|연령|가격|임금)|시급|임금|월급|소득$"
    r"|(?:인|세대|명|가구|호|개소|대|톤|1인|만명|천명|㎡)당(?![월일해년초기])|재정자립|이용률|회전율|비$|도수$|shim$|hgt$|avr|avg|mean|temp|humid"
    # what one thing can do or how long one thing is kept: two cameras of 200만 화소 do not make one of 400만
    r"|(?:처리|소요|대기|경과|진행)(?:기간|일수|일$|시간)|화소|보관(?:기간|일수)|대출가능|(?:무료|유효|허용|보존)(?:기간|일수|시간)"
    r"|휘발유|경유|등유|lpg|천연가스가|위도|경도"
)
# words that make a count or an amount of what would else be read as a rate
AMOUNT = re.compile(
    r"(?:당해년|기준년|경상|불변|실질|명목)도?\s*가격|(?:단지|인원|사람|시설|건|대|명|세대|가구|(?<!요)금|수입|지출|면적|개소|이용)\s*수?$|총액|합계액|경유지|경유인|경유편|경유선"
)
# nouns a measure's name ends in: enough for an empty column
MEASURE_END = re.compile(
    r"(?:수|량|액|면적|인원|인구|건|대수|횟수|매출|금|예산|정원|현원|좌석|규모|거리|연장|길이|용량|계|(?<!종)합|합계)$"
)

FLOW = re.compile(
    r"건수|건$|범죄|범행|사상자|중상|경상|소비액|이용인원|발생|검거|승차|하차|승객|승하차|환승|이용(?:건|자|객|횟수|인원수|량|자수)|이용자|발급|출생|사망|전입|전출|혼인|이혼|결혼|금액|매출|지출|거래|방문|관람|입장"
    r"|대출|강수|우량|강우|적설|일조|운항|여객|화물|신규|출동|처리|추가|당일|가입|생산|판매|사용량|소비량|배출|(?<!하)수거|수입|수출|출국|입국|출입국|관광객|방한|예산|결산|세입|세출|징수|부과|체납"
    r"|단속|위반|신고|접수|민원|상담|교육(?:인원|횟수)|참여|참가|입원|퇴원|진료|검사|접종|구조|구급|화재|사고|부상|피해|운행|대여|반납|통행|교통량|주행|접속|조회|다운로드|공급량|발전량"
    r"|횟수|실적|착공|준공|허가건|채용|취업|졸업|입학|귀가|귀화|이동자|순이동|(?:살인|강도|절도|폭력|강간)"
)
STOCK = re.compile(
    r"인구|(?<!다)세대|가구|시설|(?<!거래)(?<!허가)(?<!착공)(?<!준공)면적|좌석|정원|현원|보유|대수|개소|단지|용량|주차구획|주차면|구획|종사자|직원|장서|자료수|도서수|연장|길이|등록|재고|잔액|부채|자산|설치|병상|의사|학교|학급|학생"
    r"|사업체|업소|점포|지점|거치대|수용|누적|누계|확진자$|치료중|격리|감시|주택|건물|호수|사망$(?<=누적사망)|공원|도로|녹지"
)
PLACE = re.compile(r"시설|학교|업소|점포|주택|건물|공원|도로|녹지|단지|사업체|지점")
"""Of the words of stocks those that, without a count at the end of the name, may only say where something happened."""
BY_PLACE = re.compile(r"장소별|장소에따른")
"""Of a title: its columns are places, and what they count is what the title names."""

CATEGORY = re.compile(
    r"route|별$|구분|유형|종류|종별|형태|분류|등급|급지|여부|유무|상태|방식|방향|요일|시간대|성별|연령|업태|업종|호선|노선명|노선|단계|항목|사유|원인|용도|지목|계절|학년|국적|대상|직급|직종|품목|계열|과목|죄종|발생검거|type$|gubun|^gb|_se$|^se$|line$"
)
# a number in a column whose name ends so is one of a few choices
CHOICE = re.compile(
    r"(?:구분|유형|종류|종별|형태|(?<!미)분류|등급|급지|여부|유무|상태|방식|방향|요일|시간대|성별|연령대|업태|업종|호선|노선|단계|항목|계절|학년|구분코드|유형코드)$|^(?:type|gubun|line)|_se$|type$"
)
LABEL = re.compile(
    r"(?:명|명칭|이름|상호|상호명|제목|타이틀|표제|업체|기업명|기관|단체명|관서|경찰서|소방서|정류장|정류소|대여소|지하철역|역사|역명|(?:출발|도착|발생|환승|승차|하차|종착)역$|측정소|관측소|지점명|name|nm|title)$"
)
NOT_LABEL = re.compile(
    r"(?:관리|제공|담당|관할|운영|소관|시행|행정)(?:기관|부서|청|주체|자|관청)|부서|도로명$|노선명|호선명|영문|한자|한글자모|업태|(?:상태|구분|유형|종류|분류|코드구분|구분코드|항목|사유|품목|업종)명?$|(?:시도|시군구|자치구|구청|읍면동|행정동|법정동)명?$"
)
TEXT = re.compile(
    r"비고|특기사항|(?<!시)설명|개요|내용|안내|소개|주의|참고|홈페이지|url|누리집|사이트|이메일|email|주소|위치도|약도|오시는|시설보유|보유시설|주요시설|주요식물|이미지|사진|바로가기"
)
ADDRESS = re.compile(r"주소|소재지|지번|도로명|위치|addr|adres|장소|location|rdnm|lnm")

TOTAL_WORDS = frozenset(
    [
        "합계",
        "소계",
        "계",
        "총계",
        "총합",
        "총합계",
        "누계",
        "전체",
        "전국",
        "평균",
        "전체평균",
        "총평균",
        "전국평균",
        "총지수",
        "전지역",
        "total",
        "sum",
        "subtotal",
        "grandtotal",
    ]
)
# a name that says of what it is the sum: 전체방문자(a+b+c)
# rows of means among rows of counts
MEAN_ROWS = frozenset(["평균연령", "중위연령", "연령중위수", "평균나이"])
FORMULA = re.compile(r"[(\[]\s*([a-zA-Z가-힣①-⑳](?:\s*\+\s*[a-zA-Z가-힣①-⑳])+)\s*[)\]]\s*$")
MEAN_WORDS = frozenset(["평균", "전체평균", "총평균", "전국평균", "average", "mean", "avg"])


# a column named 전국 stands for the country beside the city, not for the sum of its neighbours
COLUMN_TOTALS = (TOTAL_WORDS | {"합"}) - {"전국", "전국평균", "전지역", "종합"}


_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
# the letters in which any of the words below can end, or begin: most cells have none and are done with
_LAST_LETTERS = re.compile(f"[{''.join(sorted({word[-1] for word in TOTAL_WORDS} | set('체계균모')))}LM]")
_UNIT_BEHIND = re.compile(
    r"\s*\((?:명|천명|개|개소|건|천건|원|천원|백만원|대|천대|호|가구|세대|%|㎡|㎢|ha|톤)\)\s*$"
)
_CODE_BEFORE = re.compile(r"^[0-9A-Z]{1,6}\s+(?=\S)")
_MARKS = re.compile(r"[\s\[\]()<>*·\"'▩■□▣]+")
_TOTAL_OF = re.compile(
    r".{1,8}(?:시|도|구|군|국)(?:전체|합계|계|평균|총계|소계)|[가-힣]{1,5}(?:합계|총계|소계)|[가-힣]{1,6}_계|모든[가-힣]{2,4}"
)


def is_total_word(text: str) -> bool:
    """``합계``, ``소 계``, ``서울시 전체``, ``총 계``, ``[합계]``; not 소계리 or 월계동."""
    if not _LAST_LETTERS.search(text):
        return False
    # "계 (명)": a unit behind the word does not change it
    bare = _UNIT_BEHIND.sub("", text) if "(" in text else text
    # "0 계": the code of a statistics portal before the word
    bare = _CODE_BEFORE.sub("", bare.strip())
    plain = _MARKS.sub("", bare).lower()
    return plain in TOTAL_WORDS or _TOTAL_OF.fullmatch(plain) is not None


def words_of(name: str) -> list[str]:
    """The words of a column's name without what stands in brackets; ``총 계`` is one word set wide."""
    plain = _BRACKETS.sub(" ", name)
    whole = re.sub(r"\s+", "", plain)
    return [whole] if whole in COLUMN_TOTALS else [word for word in re.split(r"[\s_]+", plain) if word]
