"""View models of the staff window: what the kitchen sees, derived from the staff board's snapshot."""
