"""A model as a YAML file that loads as the same model."""

from archdoc.outputs.model_yaml.emit import emit

__all__ = ["emit"]
