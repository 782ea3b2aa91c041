"""``make torture``: orders while everything around them is killed, cut and stopped; none may be lost or doubled."""
