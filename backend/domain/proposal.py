"""What a language engine makes of one sentence, in one form for every engine. It proposes; the dialogue decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from backend.domain.catalogue import Catalogue
from backend.domain.order import Cake, Item
