"""The reference model's compose files, booted by a Docker engine as they are emitted."""
