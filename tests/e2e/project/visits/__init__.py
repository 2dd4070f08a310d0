"""Who was here, and what the clock did meanwhile."""
