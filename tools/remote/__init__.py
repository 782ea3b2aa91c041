"""Work a window in its own process as a person would: tap, type, look. For demo, benches and end-to-end tests."""
