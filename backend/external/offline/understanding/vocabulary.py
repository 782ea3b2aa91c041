"""The words around the catalogue's names, in both languages. Korean verbs are stems: their endings follow freely.

Words are written as people write them; spaces and marks do not count. ``WHOLE`` words must end where the written word
ends (or where something else that is known begins), since they are parts of many other words.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.external.offline.understanding.kinds import Kind

SERVICE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "to_go": (
            "포장",
            "가져갈",
            "가져가",
            "싸 주",
            "싸 줘",
            "싸줘",
            "싸 달",
            "싸 가",
            "싸가",
            "담아 갈",
            "가지고 갈",
            "갖고 갈",
            "가져가는",
            "takeaway please",
            "to take away",
            "to take out",
            "싸주",
            "싸 갈",
            "싸갈",
            "테이크아웃",
            "테이크 아웃",
            "들고 갈",
            "집에서 먹",
            "사 갈",
            "사갈",
            "to go",
            "take away",
            "takeaway",
            "takeout",
            "take out please",
            "carry out",
            "take it home",
            "take home",
        ),
        "eat_in": (
            "매장에서",
            "매장",
            "먹고 갈",
            "먹고 가요",
            "먹고 가려",
            "먹고 가겠",
            "먹고갈",
            "여기서 먹",
            "여기서 드",
            "앉아서",
            "홀에서",
            "for here",
            "eat in",
            "eat here",
            "dine in",
            "have it here",
            "eating here",
            "eating in",
        ),
    }
)

OCCASIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "birthday": ("생일", "돌잔치", "생신", "환갑", "칠순", "birthday"),
        "couple": (
            "기념일",
            "커플",
            "데이트",
            "연인",
            "여자친구",
            "남자친구",
            "여친",
            "남친",
            "아내",
            "남편",
            "와이프",
            "프로포즈",
            "결혼",
            "anniversary",
            "date night",
            "my wife",
            "my husband",
            "girlfriend",
            "boyfriend",
            "romantic",
            "wedding",
        ),
        "family": ("가족", "부모님", "어머니", "아버지", "엄마", "아빠", "family", "parents"),
        "child": (
            "아이",
            "애들",
            "아이들",
            "어린이",
            "손주",
            "손녀",
            "손자",
            "아기",
            "kids",
            "kid",
            "children",
            "child",
        ),
        "party": ("파티", "모임", "잔치", "회식", "party", "celebration", "get together"),
    }
)

FLAVOURS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "vanilla": ("바닐라", "vanilla"),
        "chocolate": ("초콜릿", "초코", "chocolate"),
        "matcha": ("말차", "녹차", "matcha", "green tea"),
        "strawberry": ("딸기", "strawberry"),
    }
)

COLOURS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "white": ("하얀", "하양", "흰", "흰색", "하얀색", "화이트", "white"),
        "pink": ("분홍", "분홍색", "핑크", "핑크색", "pink"),
        "red": ("빨간", "빨강", "빨간색", "붉은", "레드", "red"),
        "blue": ("파란", "파랑", "파란색", "푸른", "블루", "blue"),
        "skyblue": ("하늘색", "하늘", "sky blue", "light blue"),
        "yellow": ("노란", "노랑", "노란색", "옐로", "yellow"),
        "green": ("초록", "초록색", "녹색", "연두", "연두색", "그린", "green"),
        "purple": ("보라", "보라색", "퍼플", "purple", "violet"),
        "black": ("검은", "검정", "검은색", "까만", "까만색", "블랙", "black"),
        "orange": ("주황", "주황색", "오렌지색", "orange"),
        "brown": ("갈색", "브라운", "brown"),
        "mint": ("민트", "민트색", "mint"),
        "ivory": ("아이보리", "크림색", "ivory"),
        "gold": ("금색", "황금색", "골드", "gold", "golden"),
        "silver": ("은색", "실버", "silver"),
        "gray": ("회색", "그레이", "gray", "grey"),
        "navy": ("남색", "네이비", "navy"),
    }
)

ALLERGENS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "egg": ("달걀", "계란", "난류", "egg", "eggs", "egg free"),
        "wheat": (
            "밀",
            "밀가루",
            "글루텐",
            "wheat",
            "gluten",
            "flour",
            "gluten free",
            "wheat free",
            "글루텐 프리",
            "밀 프리",
        ),
        "milk": ("우유", "유제품", "유당", "milk", "dairy", "lactose", "dairy free", "lactose free", "milk free"),
        "tree_nuts": (
            "nut free",
            "견과",
            "견과류",
            "땅콩",
            "호두",
            "아몬드",
            "nut",
            "nuts",
            "tree nuts",
            "peanut",
            "peanuts",
            "almond",
            "walnut",
        ),
    }
)

CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cake": ("케이크", "케익", "케잌", "케이끄", "케크", "게이크", "cake", "cakes"),
        "dinner": ("디너", "디너세트", "디너 세트", "dinner", "dinners"),
    }
)

KINDS_OTHERWISE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"cake": ("dessert", "desserts", "something sweet", "something for dessert", "gateau", "pudding")}
)
"""What a kind of dish is called besides; nothing is guessed to be one of these."""

PARTICLES: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.AND: ("이랑", "랑", "하고", "과", "와", "이랑요", "하구", "이하고"),
        Kind.TO: ("으로", "로", "으로요", "로요", "으루", "루", "로다가", "으로다가"),
        Kind.TOPIC: ("은", "는", "은요", "는요"),
        Kind.ALSO: ("도", "도요", "두요"),
        Kind.OBJECT: ("을", "를"),
        Kind.OF: ("의", "에", "에다", "에다가", "에는", "에만", "에서"),
        Kind.EACH: ("씩", "씩요"),
        Kind.PARTICLE: (
            "이",
            "가",
            "요",
            "이요",
            "예요",
            "이에요",
            "에요",
            "입니다",
            "이여",
            "여",
            "만",
            "만요",
            "짜리",
            "짜리요",
            "짜리로",
            "이고",
            "이고요",
            "고",
            "고요",
            "이랑만",
            "이다",
            "님",
            "들",
            "인데",
            "인데요",
            "인가요",
            "이유",
            "유",
            "라",
            "이라",
            "이랑게",
            "이야",
            "야",
            "이네",
            "인가",
            "던가",
            "이던가",
            "라던가",
            "이라던가",
            "라든가",
            "이라든가",
            "이라고",
            "라고",
            "인지",
            "이지",
            "정도",
        ),
    }
)

_SHORT = (
    "네|넵|넹|예|응|그래|더|도|다|색|빛|맛|써|노|끝|총|각|씩|그|저|음|어|에|"
    "아|자|나|난|전|막|의|거|것|걸|꺼|참|왜|좀|건|쪽|하늘|나는|저는|값|확인|"
    "주소|주이|주라|머|몇|밀|이|아이|우리|달라|충분|그거|이거|걔|다음|보라|주게|"
    "사고|잉|마아|하게|하자|해라"
)
WHOLE: frozenset[str] = frozenset(_SHORT.split("|"))
"""Short words that stand at the beginning of many others."""
