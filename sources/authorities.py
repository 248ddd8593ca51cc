"""Names of Korean authorities, as file names begin with them. What is not surely one is none."""

import re

_PROVINCES = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
    "|충청북|충청남|전라북|전라남|경상북|경상남"
)
_PROVINCE = re.compile(rf"(?:{_PROVINCES})(?:특별시|광역시|특별자치시|특별자치도|시|도)")
_SEOUL_DISTRICTS = (
    "강남|강동|강북|강서|관악|광진|구로|금천|노원|도봉|동대문|동작|마포|서대문|서초|성동|성북|송파|양천|영등포"
    "|용산|은평|종로|중|중랑"
)
_CITIES = (
    "수원|성남|의정부|안양|부천|광명|평택|동두천|안산|고양|과천|구리|남양주|오산|시흥|군포|의왕|하남|용인|파주|이천"
    "|안성|김포|화성|광주|양주|포천|여주|춘천|원주|강릉|동해|태백|속초|삼척|청주|충주|제천|천안|공주|보령|아산|서산"
    "|논산|계룡|당진|전주|군산|익산|정읍|남원|김제|목포|여수|순천|나주|광양|포항|경주|김천|안동|구미|영주|영천|상주"
    "|문경|경산|창원|진주|통영|사천|김해|밀양|거제|양산|제주|서귀포"
)
_LOCAL = re.compile(rf"(?:(?:{_SEOUL_DISTRICTS})구|(?:{_CITIES})시)(?:청|의회)?")
# after the name of a province any of its parts may stand
_BELOW_PROVINCE = re.compile(r"[가-힣]{1,4}(?:시|군|구)(?:청|의회)?")
_STATE = re.compile(
    r"(?:기획재정|교육|과학기술정보통신|외교|통일|법무|국방|행정안전|안전행정|행정자치|국가보훈|문화체육관광|농림축산식품"
    r"|산업통상자원|보건복지|환경|고용노동|여성가족|국토교통|해양수산|중소벤처기업)부"
    r"|(?:인사혁신|법제|식품의약품안전)처"
    r"|(?:국세|관세|조달|통계|재외동포|우주항공|검찰|대검찰|병무|방위사업|경찰|소방|문화재|국가유산|농촌진흥|산림|특허|질병관리|기상"
    r"|해양경찰|새만금개발|행정중심복합도시건설)청"
    r"|국가데이터처|기후에너지환경부|재정경제부|기획예산처"
)
_OFFICE = re.compile(
    rf"(?:한국|국립|국가|국민|대한|{_PROVINCES})[가-힣]+"
    r"(?:공사|공단|재단|진흥원|연구원|관리원|정보원|개발원|평가원|과학원|교육청|교육지원청|경찰청|경찰서|소방서|소방본부|위원회|은행)"
    r"|국민건강보험공단|건강보험심사평가원|도로교통공단|공정거래위원회|금융위원회|방송통신위원회|개인정보보호위원회"
)


def is_authority(word: str, above: str = "") -> bool:
    """Whether a word names an authority; ``above`` is the one that stands before it."""
    if any(kind.fullmatch(word) for kind in (_PROVINCE, _LOCAL, _STATE, _OFFICE)):
        return True
    return bool(
        above and _PROVINCE.fullmatch(above.rsplit(maxsplit=1)[-1]) and _BELOW_PROVINCE.fullmatch(word)
    )
