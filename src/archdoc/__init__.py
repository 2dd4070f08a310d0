"""archdoc: one typed model of a deployment; every picture, compose file and page from it."""

__version__ = "0.1.0"
