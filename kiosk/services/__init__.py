"""What the windows do, without Qt: plain asyncio services with a frozen ``snapshot`` and ``subscribe``."""
