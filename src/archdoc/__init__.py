"""archdoc: one typed model of a deployment; every picture, compose file and page derived from it."""
