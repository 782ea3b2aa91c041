"""What a wish for another picture says, in Korean or English: the changes that can be drawn, and nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from backend.domain.catalogue import Catalogue, Menu, Portion
from backend.domain.order import MAX_LETTERING_CHARS, MAX_TIERS, Cake, Item, normalise
from backend.external.offline.picture_note import Setting, Shown
from backend.external.offline.understanding.lettering import take_lettering
from backend.external.offline.understanding.vocabulary import COLOURS, FLAVOURS

_QUOTED_WISH = re.compile(r"follow this wish[^\"]*\"(?P<wish>[^\"]*)\"", re.IGNORECASE)
_CLAUSES = re.compile(
    r"[.,!?;\n]|\band\b|\bbut\b|\bwith\b|그리고|하고\s|주고|고\s(?=[가-힣])|\s이랑\s|(?<=[가-힣])랑\s"
)
_BACKDROP = re.compile(r"background|backdrop|배경")
_PLAIN = re.compile(r"plain|simple|solid|clean|remove|단색|깔끔|심플|단순|민무늬|없|빼|지우|지워")
_BLUR = re.compile(r"blur|out of focus|흐리|흐릿|아웃\s?포커|날려")
_WARM = re.compile(r"\bwarm|따뜻|따듯|포근|아늑")
_COOL = re.compile(r"\bcool|\bcold|차갑|차가|시원|서늘")
_BRIGHT = re.compile(r"bright|lighter|밝|환하|환한|환하게")
_DARK = re.compile(r"\bdark|\bdim|어둡|어두")
_NEAR = re.compile(r"closer|zoom in|bigger|larger|가까|확대|크게|다가")
_FAR = re.compile(r"further|farther|zoom out|smaller|멀리|멀게|축소|작게")
_WRITING = re.compile(r"lettering|letters|writing|text|inscription|글씨|글자|문구|레터링")
_GONE = re.compile(r"remove|without|\bno\b|take (?:off|away|out)|delete|leave out|빼|없|지우|지워|제거|말고|안\s")
_MORE = re.compile(r"more|add|another|extra|plus|더\b|더\s|추가|한\s?번\s?더")
_FEWER = re.compile(r"fewer|less|덜|줄여|줄이")
_TIERS = re.compile(
    r"(?P<n>\d|one|two|three|single|double|한|두|세|일|이|삼)\s*-?\s*(?:단|층|tiers?|tiered|layers?|stor(?:y|ey))"
)
_NUMBERS: Mapping[str, int] = {
    **dict(zip(("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"), range(1, 11), strict=True)),
    **dict(
        zip(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(1, 11), strict=True)
    ),
    "하나": 1,
    "둘": 2,
    "셋": 3,
    "넷": 4,
    "스무": 20,
    "twelve": 12,
    "twenty": 20,
    "a": 1,
    "an": 1,
    "single": 1,
    "double": 2,
    "일": 1,
    "이": 2,
    "삼": 3,
}
_SPELLED = "|".join(sorted(_NUMBERS.keys() - {"a", "an", "일", "이", "삼", "single", "double"}, key=len, reverse=True))
_BEFORE = re.compile(rf"(?:^|[\s(])(?P<n>\d{{1,2}}|{_SPELLED}|an?)\s+(?:more\s+|extra\s+|fewer\s+|pieces? of\s+)?$")
_AFTER = re.compile(rf"^[가-힣]{{0,2}}?\s*(?P<n>\d{{1,2}}|{_SPELLED})\s*(?:개|알|송이|자루|장|조각|쪽|잔|병|점|접시)?")
_SHORT = r"(?=[를을은는이가도만]?(?![가-힣]))"
"""After a name of one syllable: 초 is a candle, 초콜릿 none."""
_STEPS: Mapping[str, int] = {"strawberry": 4}
"""How many more of a thing ``more`` means; one of any other."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a wish says. ``counts`` maps ingredients to (whether it is added to what is there, number)."""

    counts: Mapping[str, tuple[bool, int]]
    colour: str | None = None
    flavour: str | None = None
    tiers: int | None = None
    lettering: str | None = None
    style: str | None = None
    backdrop: str | None = None
    blur: bool = False
    warmth: int = 0
    light: int = 0
    zoom: int = 0

    @property
    def about_the_food(self) -> bool:
        """Whether it wants another thing, and not only another light on it."""
        return bool(self.counts) or any(
            value is not None for value in (self.colour, self.flavour, self.tiers, self.lettering, self.style)
        )


def read_wish(prompt: str, menu: Menu | None, catalogue: Catalogue) -> Changes:
    """What ``prompt`` asks for; ``menu`` is what the picture shows, where that is known."""
    found = Changes({})
    quoted = _QUOTED_WISH.search(prompt)
    parts = [prompt[: quoted.start()], quoted["wish"]] if quoted else [prompt]
    for part in parts:
        rest, lettering = take_lettering(part) if part.strip() else ("", None)
        if lettering is not None:
            found = replace(found, lettering=lettering[:MAX_LETTERING_CHARS])
        for clause in _CLAUSES.split(rest.lower()):
            if clause.strip():
                found = _read(found, clause.strip(), menu, catalogue)
    return found


def _read(found: Changes, clause: str, menu: Menu | None, catalogue: Catalogue) -> Changes:
    about_backdrop = bool(_BACKDROP.search(clause))
    colour = _colour(clause)
    if about_backdrop:
        if _BLUR.search(clause):
            return replace(found, blur=True)
        if colour is not None and "cream background" not in clause:
            return replace(found, backdrop=colour)
        if _PLAIN.search(clause):
            return replace(found, backdrop="plain")
    if _WRITING.search(clause) and _GONE.search(clause):
        return replace(found, lettering="")
    counts = {**found.counts, **dict(_counts(clause, menu))} if menu else found.counts
    tiers = _TIERS.search(clause)
    number = _number(tiers["n"]) if tiers else None
    flavour = _flavour(clause)
    return replace(
        found,
        counts=counts,
        colour=colour if colour is not None and not about_backdrop else found.colour,
        flavour=flavour or found.flavour,
        tiers=min(number, MAX_TIERS) if number else found.tiers,
        style=_style(clause, catalogue) or found.style,
        blur=found.blur or bool(_BLUR.search(clause)),
        warmth=found.warmth + bool(_WARM.search(clause)) - bool(_COOL.search(clause)),
        light=found.light + bool(_BRIGHT.search(clause)) - bool(_DARK.search(clause)),
        zoom=found.zoom + bool(_NEAR.search(clause)) - bool(_FAR.search(clause)),
    )


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def _colour(clause: str) -> str | None:
    """The last colour that is named: ``from white to pink``."""
    best: tuple[int, str] | None = None
    for name, words in COLOURS.items():
        for word in words:
            edge = r"\b" if word.isascii() else ""
            for hit in re.finditer(rf"{edge}{re.escape(word)}{edge}", clause):
                if best is None or hit.end() > best[0]:
                    best = hit.end(), name
    hexed = re.search(r"#[0-9a-f]{6}\b", clause)
    return hexed[0] if hexed else best[1] if best else None


def _flavour(clause: str) -> str | None:
    for name, words in FLAVOURS.items():
        for word in words:
            if re.search(rf"{re.escape(word)}\s*(?:맛|flavou?r)", clause):
                return name
    return None


def _style(clause: str, catalogue: Catalogue) -> str | None:
    for style in catalogue.styles:
        if re.search(rf"(?:{re.escape(style.name.ko)}|\b{re.escape(style.code)})\s*(?:스타일|style)", clause):
            return style.code
    return None


def _counts(clause: str, menu: Menu) -> Iterator[tuple[str, tuple[bool, int]]]:
    """Each ingredient of the menu that the clause speaks of, and how many."""
    left = clause
    named = [(name.lower(), portion) for portion in menu.portions for name in _names(portion)]
    for name, portion in sorted(named, key=lambda pair: -len(pair[0])):
        plural = r"(?:s|es)?\b" if name.isascii() else _SHORT if len(name) == 1 else ""
        stem = f"{name[:-1]}(?:y|ies)\\b" if name.isascii() and name.endswith("y") else re.escape(name) + plural
        hit = re.search(rf"\b{stem}" if name.isascii() else rf"(?<![가-힣]){stem}", left)
        if hit is None or re.match(r"\s*(?:맛|flavou?r|색)", left[hit.end() :]):
            continue
        before, after = _BEFORE.search(left[: hit.start()]), _AFTER.search(left[hit.end() :])
        told = before or after
        number = _number(told["n"]) if told else None
        code = portion.ingredient.code
        left = f"{left[: hit.start()]} {left[hit.end() :]}"
        if _FEWER.search(clause):
            yield code, (True, -(number or _STEPS.get(code, 1)))
        elif _GONE.search(clause):
            yield code, (False, 0)
        elif _MORE.search(clause) or number is None:
            yield code, (True, number or _STEPS.get(code, 1))
        else:
            yield code, (False, number)


def _names(portion: Portion) -> tuple[str, ...]:
    ingredient = portion.ingredient
    return (ingredient.name.ko, ingredient.name.en, ingredient.code.replace("_", " "), *ingredient.spoken)


def changed(shown: Shown, changes: Changes, catalogue: Catalogue) -> Shown:
    """What is shown after ``changes``; only what the shop makes: the rest of a wish is left out."""
    item = shown.item
    menu = catalogue.menu(item.menu_code)
    if menu is None:
        return shown
    counts = {p.ingredient.code: item.customization.get(p.ingredient.code, p.default) for p in menu.portions}
    most = {p.ingredient.code: p.ingredient.maximum for p in menu.portions}
    for code, (added, number) in changes.counts.items():
        counts[code] = min(max(0, number + (counts[code] if added else 0)), most[code])
    style = changes.style if changes.style in menu.styles else item.style
    cake = _cake(item.cake or Cake(), changes) if menu.takes_cake else None
    setting = Setting(
        changes.backdrop if changes.backdrop is not None else ("plain" if changes.blur else shown.setting.backdrop),
        _step(shown.setting.warmth, changes.warmth, -3, 3),
        _step(shown.setting.light, changes.light, -3, 3),
        _step(shown.setting.zoom, changes.zoom, -2, 3),
    )
    return Shown(normalise(Item(item.menu_code, style, 1, counts, cake), catalogue), setting)


def _cake(cake: Cake, changes: Changes) -> Cake:
    return Cake(
        changes.flavour or cake.flavour,
        changes.colour or cake.colour,
        changes.tiers or cake.tiers,
        cake.lettering if changes.lettering is None else changes.lettering,
    )


def _step(value: int, by: int, least: int, most: int) -> int:
    return min(max(value + by, least), most)
