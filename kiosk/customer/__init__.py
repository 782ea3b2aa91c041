"""View models of the customer window: frozen properties derived from the services' snapshots."""
