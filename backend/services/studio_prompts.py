"""Edits in words that image engines understand; what the manager wrote freely stays a quotation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backend.domain.catalogue import Catalogue
from backend.errors import Refusal
from backend.services.item_description import filtered
from shared.limits import MAX_LETTERING_CHARS
from shared.problems import ProblemCode
from shared.studio import QuickEdit, StudioEdit

_FIXED: Mapping[QuickEdit, str] = MappingProxyType(
    {
        QuickEdit.WARMER_LIGHT: "Make the light warmer.",
        QuickEdit.PLAIN_BACKGROUND: "Put it before a plain cream background.",
        QuickEdit.CLOSER: "Move the camera closer.",
    }
)


def edit_prompt(edit: StudioEdit, menu_code: str | None, catalogue: Catalogue) -> tuple[str, str]:
    """The words for the engine, and of them what the manager wrote freely (filtered).

    Raises:
        Refusal: invalid_request (nothing is left of the wish, or the value is none); unknown_ingredient.
    """
    wish = filtered(edit.wish)
    parts = [_quick(edit.quick, filtered(edit.value), menu_code, catalogue)] if edit.quick else []
    if wish:
        parts.append(f'Follow this wish: "{wish}"')
    if not parts:
        raise Refusal(ProblemCode.INVALID_REQUEST, field="wish", reason="empty")
    return " ".join(parts), wish


def _quick(quick: QuickEdit, value: str, menu_code: str | None, catalogue: Catalogue) -> str:
    if quick in _FIXED:
        return _FIXED[quick]
    if quick is QuickEdit.ADD_TOPPING:
        return f"Add {_topping(value, menu_code, catalogue)} on top."
    if not value:
        raise Refusal(ProblemCode.INVALID_REQUEST, field="value", reason="empty")
    if quick is QuickEdit.CHANGE_COLOUR:
        return f"Change the colour of the cake to {value}."
    if len(value) > MAX_LETTERING_CHARS:
        raise Refusal(ProblemCode.INVALID_REQUEST, field="value", reason="too_long")
    return f'Write "{value}" on the cake.'


def _topping(code: str, menu_code: str | None, catalogue: Catalogue) -> str:
    """The ingredient's English name: of the menu that is shown, so that the picture shows what can be ordered."""
    menus = [menu for menu in catalogue.menus if menu_code is None or menu.code == menu_code]
    for menu in menus:
        portion = menu.portion(code)
        if portion is not None:
            return portion.ingredient.name.en.lower()
    raise Refusal(ProblemCode.UNKNOWN_INGREDIENT, field="value", ingredient=code)
