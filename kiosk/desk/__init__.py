"""View models that the staff's and the manager's window share."""
