"""What both vendors' doors share: the emulator's moving parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fakes.vendors.brain import Brain
from tests.fakes.vendors.delivery import Delivery
from tests.fakes.vendors.faults import FaultBook, Vendor
from tests.fakes.vendors.pace import Pace
from tests.fakes.vendors.records import Records
from tests.fakes.vendors.served_models import ServedModels


@dataclass(slots=True)
class State:
    """All that a test may change while the emulator runs. ``keys`` are those that the vendors accept."""

    brain: Brain
    delivery: Delivery
    keys: Mapping[Vendor, str]
    pace: Pace = field(default_factory=Pace)
    faults: FaultBook = field(default_factory=FaultBook)
    served: ServedModels = field(default_factory=ServedModels)
    calls: Records = field(default_factory=Records)
