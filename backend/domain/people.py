"""Who is calling."""

from __future__ import annotations

from dataclasses import dataclass

CUSTOMER, STAFF, MANAGER = "customer", "staff", "manager"


@dataclass(frozen=True, slots=True)
class Caller:
    """A person who showed a valid token. A guest is a customer."""

    user_id: str
    user_type: str

    @property
    def is_staff(self) -> bool:
        """Managers may do whatever staff may."""
        return self.user_type in (STAFF, MANAGER)

    @property
    def is_manager(self) -> bool:
        return self.user_type == MANAGER
