"""More open files than a shell allows at first: thousands of connections are thousands of files."""

from __future__ import annotations

import resource


def allow_many_files() -> None:
    """As many as this process may take without asking anybody."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
