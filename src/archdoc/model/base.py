"""What every type of the model shares: frozen, strict about keys, friendly to short forms."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]*$")]
"""A local id: letters, digits, `_` and `-`. Paths of ids are joined by dots (`app.django`)."""

Ref = Annotated[str, StringConstraints(min_length=1)]
"""A reference: an id's path, or any suffix of it that names one thing only (`django`)."""


def _without_control_characters(text: str) -> str:
    for char in text:
        if unicodedata.category(char) == "Cc" and char not in "\t\n\r":
            raise ValueError(f"a control character (U+{ord(char):04X}) cannot be shown: remove it")
    return text


Text = Annotated[
    str, StringConstraints(strip_whitespace=True), AfterValidator(_without_control_characters)
]
"""What people read. Any character but control characters is allowed: no XML, and so no picture, can
hold those. Each output escapes the others in its own way."""


Name = Annotated[Text, AfterValidator(lambda text: " ".join(text.split()))]
"""What something is called: one line, whatever it was written as."""


class Base(BaseModel):
    """Immutable, and an unknown key is an error: a typing mistake must not pass silently."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True
    )


class Described(Base):
    """What elements, nodes and views have in common: a name, a sentence and tags."""

    name: Name = ""
    """What people call it. Where it is left out, the id serves: `app-server` is "App server"."""
    description: Text = ""
    """One sentence: what it is for."""
    tags: tuple[str, ...] = ()
    """Free words to select and style by."""


def display_name(local_id: str) -> str:
    """The name of something that was given none: its id as words, `app-server` → "App server"."""
    words = local_id.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def named(value: Any, key: str) -> Any:
    """Let a plain string stand for an object's main field: `django: Web app`."""
    return {key: value} if isinstance(value, str) else value


Port = Annotated[int, Field(ge=1, le=65535)]
"""A TCP port."""
