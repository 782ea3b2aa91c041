"""What a job in the child process may answer with when it cannot do its work."""

from __future__ import annotations


class JobError(Exception):
    """``kind`` is one of ``worker.ERRORS``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
