"""``make barrier-free``: the customer window against the 35 criteria, as far as software can tell."""
