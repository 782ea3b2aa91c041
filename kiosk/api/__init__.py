"""The backend as the kiosk sees it: one client for HTTP, one stream for live messages."""
