"""Speed and size of the real thing: medians and p95, never an assertion about a noisy machine."""
