"""View models of the manager window."""
