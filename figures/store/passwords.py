"""Secrets as the store keeps them: passwords as salted scrypt, random tokens as their SHA-256.

A token has 256 random bits, which nobody guesses, so that a plain hash protects it; a password is a person's and needs
a slow one. Memory and rounds of scrypt are those that OWASP's password storage cheat sheet gives for 32 MiB (2¹⁵, 8,
3).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

__all__ = ["hashed_password", "hashed_token", "is_password", "new_token"]

_COST, _BLOCK, _LANES = 2**15, 8, 3
_MOST_MEMORY: Final = 64 * 2**20
_LONGEST: Final = 1_000
"""Characters of a password that are looked at: hashing a megabyte would be an attack."""


def new_token(prefix: str = "") -> str:
    """256 random bits as text that stands in a header, a cookie or an address."""
    return prefix + secrets.token_urlsafe(32)


def hashed_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hashed_password(password: str) -> str:
    """What is kept of a password: the method with its costs, the salt, the hash."""
    salt = secrets.token_bytes(16)
    return "$".join(("scrypt", f"{_COST},{_BLOCK},{_LANES}", _text(salt), _text(_scrypt(password, salt))))


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the kept one; takes as long where there is none to compare with."""
    if kept is None:
        # Who tries names must not learn from the clock which of them exist.
        _scrypt(password, b"\0" * 16)
        return False
    method, costs, salt, expected = kept.split("$")
    if method != "scrypt" or costs != f"{_COST},{_BLOCK},{_LANES}" or len(password) > _LONGEST:
        return False
    return hmac.compare_digest(_scrypt(password, urlsafe_b64decode(salt)), urlsafe_b64decode(expected))


def _scrypt(password: str, salt: bytes) -> bytes:
    words = password[:_LONGEST].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(words, salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MOST_MEMORY, dklen=32)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()
