"""``make bench-voice``: how long a customer waits for the kiosk's voice, and how it stands a shop's noise."""
