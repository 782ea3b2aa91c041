"""What every HTTP call shares: validation, problems, OpenAPI, limits and guards."""
