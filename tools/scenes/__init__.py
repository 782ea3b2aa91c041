"""What ``make screenshots`` shows: one module a window, each with ``async def shoot(camera: Camera) -> None``."""
