"""PINs and tokens as they are stored: nobody who reads the database can sign in with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

_COST, _BLOCK, _LANES = 2**14, 8, 1
"""scrypt's N, r and p: 16 MiB and some 50 ms a guess (RFC 7914, section 2)."""
_MOST_MEMORY = 64 * 1024 * 1024
_SALT_BYTES = 16
_TOKEN_BYTES = 32


def new_pin() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def hash_pin(pin: str) -> str:
    """``scrypt$N$r$p$salt$hash``. Takes some 50 ms and 16 MiB: run it in a thread."""
    salt = secrets.token_bytes(_SALT_BYTES)
    made = _scrypt(pin, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${_text(salt)}${_text(made)}"


def pin_matches(pin: str, stored: str) -> bool:
    """Whether ``pin`` is the one that ``stored`` was made of. As slow as ``hash_pin``."""
    _, cost, block, lanes, salt, expected = stored.split("$")
    made = _scrypt(pin, base64.b64decode(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(made, base64.b64decode(expected))


def new_token() -> str:
    """An opaque token: 32 random bytes, safe in a header."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_digest(token: str) -> str:
    """What is stored of a token. Fast on purpose: 32 random bytes cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _scrypt(pin: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=_MOST_MEMORY, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
