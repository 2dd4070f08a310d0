"""Examples in the documentation are run as they are written."""
