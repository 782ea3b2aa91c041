"""Use cases. They know the domain and interfaces, never a vendor or a web framework."""
