"""B8 name, role and state; B7 a spoken equivalent of all that is seen; B20 words for pictures; B25 words with icons."""

from __future__ import annotations

import re
from typing import Final

from tools.barrier_free.look import Breach, Look, Node

ROLES: Final = frozenset({"Button", "RadioButton", "PageTab", "CheckBox", "EditableText"})
HANGUL: Final = re.compile(r"[가-힣]")


def names(look: Look) -> list[Breach]:
    """A target tells what it is called, what it is, and contains the word that stands on it."""
    found = []
    for node in look.targets:
        spoken, called = node.spoken, look.called(node)
        if spoken is None or not spoken.name.strip():
            found.append(Breach("B8", look.title, called, "no name", "an accessible name"))
            continue
        if spoken.role not in ROLES:
            found.append(Breach("B8", look.title, called, f"role {spoken.role}", "what can be done with it"))
        label = _label(look, node)
        said = spoken.name + " " + spoken.description
        if node.kind != "QQuickTextEdit" and not all(word in plain(said) for word in plain(label).split()):
            found.append(Breach("B8", look.title, called, f"called “{spoken.name}”", f"contains “{label}”"))
    return found


def states(look: Look) -> list[Breach]:
    """What is chosen is told, and by the state, not by looks alone."""
    found = []
    for node in look.targets:
        spoken = node.spoken
        if spoken is not None and spoken.role in {"RadioButton", "PageTab"} and not spoken.checkable:
            found.append(Breach("B8", look.title, look.called(node), "does not tell whether it is chosen", "checked"))
    return found


def spoken(look: Look) -> list[Breach]:
    """Visible strings minus spoken strings is empty."""
    aloud = plain(" ".join(f"{n.spoken.name} {n.spoken.description}" for n in look.front if n.spoken is not None))
    found = []
    for node in look.texts:
        words = [word for word in plain(node.text).split() if word not in aloud]
        if words:
            found.append(
                Breach("B7", look.title, look.called(node), f"“{' '.join(words)}” is seen alone", "spoken too")
            )
    return found


def pictures(look: Look) -> list[Breach]:
    """Every picture has words, Korean ones in Korean."""
    found = []
    for node in look.front:
        if node.kind != "Picture":
            continue
        words = node.spoken.name if node.spoken is not None else ""
        if not words.strip():
            found.append(Breach("B20", look.title, look.called(node), "no words", "words for the picture"))
        elif look.language == "ko" and not HANGUL.search(words):
            found.append(Breach("B20", look.title, look.called(node), f"“{words}”", "Korean words"))
    return found


def icons(look: Look) -> list[Breach]:
    """No target is an icon alone."""
    return [
        Breach("B25", look.title, look.called(node), "no word on it", "a word with the icon")
        for node in look.targets
        if node.kind != "QQuickTextEdit" and not _label(look, node).strip()
    ]


def plain(text: str) -> str:
    """Words alone, so that a full stop or a quotation mark is no difference."""
    return " ".join(re.sub(r"[^\w\s+−–/%₩]", " ", text).split()).lower()


def _label(look: Look, node: Node) -> str:
    """What stands on it."""
    return " ".join(part.text for part in look.within(node) if part.words is not None and not part.behind)
