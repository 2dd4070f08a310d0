"""Whether people can read pictures: measured in a real browser."""
