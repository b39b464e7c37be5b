"""Errors that are the user's to mend, and the exit statuses of the commands."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
FOUND: Final = 1
UNUSABLE: Final = 2


def one_line(text: str) -> str:
    """A message on one line, without characters that would move the cursor: names in it may come from articles."""
    return "".join(one if one.isprintable() else " " for one in " ".join(text.split()))


class CliError(Exception):
    """Something the user can mend: one line that says what happened, where, and what to do next."""
