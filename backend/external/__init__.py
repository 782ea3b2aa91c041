"""What lies outside: interfaces of the four engine capabilities and their adapters, one folder a vendor."""
