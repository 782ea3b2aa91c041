"""What a window's view models are given: one frozen bundle of services a window.

``kiosk.composition`` fills it and hands it to the root view model, whose constructor takes it as its only
argument besides ``parent``: ``kiosk.customer.root.CustomerModel(services)``,
``kiosk.staff.staff_model.StaffModel(services)``, ``kiosk.manager.manager_model.ManagerModel(services)``.
The root QML gets it as ``required property`` ``model``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.api.backend import Backend
from kiosk.api.event_stream import LiveMessages
from kiosk.api.link import BackendLink
from kiosk.api.studio import StudioBackend
from kiosk.services.frontage import Frontage
from kiosk.services.hearing import Hearing
from kiosk.services.idle_watch import IdleWatch
from kiosk.services.order_session import OrderSession
from kiosk.services.shop import Shop
from kiosk.services.sound_board import SoundBoard
from kiosk.services.staff_board import StaffBoard
from kiosk.services.talk import Talk
from kiosk.settings import KioskSettings


@dataclass(frozen=True, slots=True)
class CustomerServices:
    """``set_language("ko"|"en")`` switches the window's words, the microphone's and the voice's language."""

    settings: KioskSettings
    link: BackendLink
    backend: Backend
    shop: Shop
    front: Frontage
    order: OrderSession
    voice: Talk
    hearing: Hearing
    idle: IdleWatch
    sounds: SoundBoard
    set_language: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class StaffServices:
    settings: KioskSettings
    link: BackendLink
    shop: Shop
    board: StaffBoard
    sounds: SoundBoard
    set_language: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ManagerServices:
    settings: KioskSettings
    link: BackendLink
    backend: Backend
    studio: StudioBackend
    live: LiveMessages
    shop: Shop
    sounds: SoundBoard
    set_language: Callable[[str], None]
