"""The desk that a request works at."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from figures.desk import Desk
from service.settings import Settings

__all__ = ["TheDesk", "get_desk", "settings_of"]


def get_desk(request: Request) -> Desk:
    """The desk of this application."""
    desk: Desk = request.app.state.desk
    return desk


def settings_of(request: Request) -> Settings:
    """The settings of this application."""
    settings: Settings = request.app.state.settings
    return settings


async def _desk(request: Request) -> Desk:
    return get_desk(request)


TheDesk = Annotated[Desk, Depends(_desk)]
