"""The three windows. They know the backend only through ``shared`` and HTTP/WebSocket."""
