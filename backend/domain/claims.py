"""Whether a model's own words may be spoken. It is a guest here: the shop itself says what there is and what it costs.

A model's sentence stands only where the shop has nothing to tell but the next question: a thank you, a greeting. What
it may be about is narrow, so the check is strict and for whole answers: an amount has to be the price of what is
named beside it, and what only the shop may tell (what is served, what is in it, allergens, discounts, placed orders,
anything with a number) is left to the shop's own sentences.
"""

from __future__ import annotations

import re

from backend.domain.catalogue import Catalogue

MOST_CHARS = 160
_AMOUNT = re.compile(r"(?:(\d[\d,]*)\s*(?:원|won\b|krw\b)|[₩￦]\s*(\d[\d,]*))", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_MARKUP = re.compile(r"[<>{}\[\]|`_=#*\\~^]|https?:|www\.|-{3,}", re.IGNORECASE)
_ONLY_THE_SHOP_TELLS = re.compile(
    r"""
    [일이삼사오육칠팔구십백천만]+\s*원|[%％＄$€]|퍼센트|프로\s*(?:할인|세일)
    |할인|무료|공짜|거저|덤으로|반값|반의반값|세일|쿠폰|적립|환불|서비스로|가격|값은|얼마예요\b
    |알레르|알러지|견과|글루텐|비건|할랄
    |결제|접수|완료|(?:주문|예약)\S*\s*(?:\S+\s+)?(?:됐|되었|마쳤|끝났|들어갔|넣었|해\s*드렸)
    |(?:있어요|있습니다|있고|팔아요|팝니다|판매|제공|취급|특선|신메뉴|추천|들어\s*(?:있|가)|들어갑|포함|나와요|나옵니다)
    |프롬프트|시스템|지시|명령|규칙|언어\s*모델|인공지능|비밀번호
    |(?:앞|뒤|옆|다른|이전|아까)\s*(?:손님|고객|분|테이블)|주문(?:하셨|했|하신)
    |\b(?:free|discount\w*|complimentary|coupons?|refund\w*|on\s+the\s+house|half\s+(?:price|off)|sale|price[sd]?|costs?
        |won|dollars?|percent|zero|nothing\s+to\s+pay
        |allerg\w*|gluten|nut|nuts|vegan|halal|kosher
        |paid|placed|complete[d]?|confirmed|ordered|order\s+(?:is|has|was)
        |we\s+(?:have|serve|sell|offer|also)|there(?:'s|\s+is|\s+are)|available|special|recommend\w*|menu\s+has
        |contains?|comes\s+with|included?|includes
        |prompt|system|instruct\w*|rules?|json|language\s+model|an?\s+ai|password|pin|customers?|kiosk)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def may_be_spoken(answer: str, catalogue: Catalogue) -> bool:
    """Whether all of ``answer`` may be said aloud as it is; an empty one may."""
    if len(answer) > MOST_CHARS or not all(letter.isprintable() for letter in answer) or _MARKUP.search(answer):
        return False
    without_prices = _AMOUNT.sub("", answer)
    if _DIGIT.search(without_prices) or _ONLY_THE_SHOP_TELLS.search(without_prices):
        return False
    named = [menu for menu in catalogue.menus if _names(answer, menu.name.ko, menu.name.en)]
    if any(menu.code in catalogue.sold_out for menu in named):
        return False
    told = {int((found[1] or found[2]).replace(",", "")) for found in _AMOUNT.finditer(answer)}
    return not told or (len(named) == 1 and told == {named[0].price})


def _names(answer: str, ko: str, en: str) -> bool:
    return ko in answer or en.casefold() in answer.casefold()
