"""Headers of our own."""

TURN_ELAPSED_HEADER = "Turn-Elapsed"
"""Seconds since the customer stopped speaking, up to three decimals; sent with each call of a turn."""
