"""What ``make`` runs: set-up, demo, screenshots, benches. The product knows nothing of it."""
