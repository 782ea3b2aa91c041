"""HTTP and WebSocket calls: parse, ask a service, answer."""
