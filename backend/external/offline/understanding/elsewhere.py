"""What people ask of a shop that a kiosk cannot give: only the staff can. ``|`` between the words."""

from __future__ import annotations

ELSEWHERE_KO = (
    "어디예요|어디에요|어디에 있|어디 있|어디서|어디로|어딨|화장실|와이파이|비밀번호|주차|비건|채식|할랄|코셔|"
    "포크|숟가락|수저|나이프|젓가락|앞접시|냅킨|휴지|물티슈|빨대|컵|얼음|물 한|물 두|물 세|물 네|물 좀|물 주|"
    "물도|물은|물이랑|영업|몇 시까지|몇 시에 닫|몇 시에 문|문 닫|문 열|휴무|쉬는 날|결제는 어|결제 어떻|"
    "결제는 어디|계산은 어|계산 어디|돈은 어디|돈 어디|어디서 내|어디다 내|어디에 내|어디서 계산|카드 되|카드 돼|"
    "카드 받|카드로 되|카드로 돼|카드 결제 되|현금 되|현금 돼|현금 받|현금으로 되|현금으로 돼|현금도|카드도|"
    "나눠 내|나눠서 내|나눠 계산|나눠서 계산|따로 계산|따로따로 계산|각자 계산|더치페이|영수증|포인트|적립|환불|"
    "예약|배달|칼로리|얼마나 커|얼마나 크|사이즈|몇 인분|몇 명이 먹|몇 명이서 먹|달지 않|안 달게|덜 달|너무 달|"
    "싱겁게|덜 짜|맵|굽기|미디엄|웰던|레어로|바싹 익|바짝 익|덜 익|잘 익혀|데워|유아 의자|아기 의자|유아용|의자|"
    "충전|자리 있|자리 나|자리로|콘센트|보관|유통기한|원산지|국산|상품권|기프티콘|삼성페이|애플페이|잃어버|분실|"
    "에어컨|더운데|추운데|흡연|담배|디카페인|카페인|무알콜|논알콜|무알코올|글루텐 프리 빵|설탕|소금|소스|앉을|"
    "미리 주문|미리 예약|찾으러 올|찾으러 오|찾으러 갈|"
    "나중에 주세|나중에 주시|나중에 줘|나중에 갖다|나중에 가져|나중에 나오|먼저 갖다|먼저 가져|먼저 나오|먼저 주시고|"
    "자리를|창가|택배|전화번호|출구|엘리베이터|택시"
)
ELSEWHERE_EN = (
    "where can i|where is the|wheres the|where do i|where are the|where do we|where can we|credit cards|"
    "debit card|cards|cash|toilet|toilets|restroom|restrooms|bathroom|washroom|loo|ladies room|wifi|wi fi|"
    "password|parking|park here|vegan|vegetarian|no meat|without meat|meat free|dont eat meat|halal|kosher|fork|"
    "forks|spoon|spoons|knife|knives|chopsticks|"
    "napkin|napkins|straws|glass of water|glasses of water|some water|tap water|bottle of water|water|high chair|"
    "highchair|are you open|opening hours|what time do you|close|closing|can i pay in|can i pay with|"
    "can i pay by|can we pay in|can we pay with|can we pay by|could i pay with|pay cash|pay with my phone|"
    "how do i pay|where do i pay|how can i pay|do i pay|pay separately|take cards|take card|accept cards|"
    "take cash|accept|credit card|dollars|euros|apple pay|split the bill|split it|separate bills|receipt|refund|"
    "book a table|reservation|deliver|delivery|calories|how big|how large|what size|how many people does|"
    "how many does it|how many will it|well done|medium rare|rare|be fried|be poached|be boiled|fried eggs|"
    "poached eggs|boiled eggs|be toasted|"
    "be grilled|be crispy|be scrambled|sunny side up|over easy|less sweet|sugar free|not too sweet|smoking|"
    "charger|taxi|plug|decaf|non alcoholic|alcohol free|window seat|a table|a seat|a plate|ketchup|salt|sauce|"
    "air conditioning|its cold in here|its hot in here|lost my|phone number|exit"
)
