"""Frequent English words that look or sound like a name and are never taken for a slip of one: ``my boys``, ``boss``.

Only what people say beside an order; what recognisers write for a name (``sample``, ``stake``, ``beacon``) is not here.
"""

from __future__ import annotations

ORDINARY = frozenset((
    "ages", "ate", "blank", "bleed", "block", "blow", "board", "bored", "born", "boss", "bosses", "boys", "brain",
    "break", "breaks", "breath", "breathe", "bride", "broad", "brother", "brought", "buys", "case", "cases", "chose",
    "cold", "curse", "daily", "fast", "favour", "fist", "floor", "floors", "flow", "garden", "glad", "grain",
    "greed", "greek", "greet", "grind", "ground", "grow", "grown", "hall", "last", "late", "light", "lower", "mark",
    "match", "meant", "minute", "mount", "notes", "pain", "palace", "pint", "plan", "rest", "rise", "sand", "sandy",
    "seen", "sold", "solid", "soon", "speak", "speaks", "stack", "steal", "steam", "stick", "stock", "straw",
    "stuck", "tale", "tank", "thirsty", "though", "violent", "weight", "while", "wins", "winds", "wives",
))  # fmt: skip
