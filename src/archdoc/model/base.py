"""What every type of the model shares: frozen, strict about keys, friendly to short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]*$")]
"""A local id: letters, digits, `_` and `-`. Paths of ids are joined by dots (`app.django`)."""

Ref = Annotated[str, StringConstraints(min_length=1)]
"""A reference: an id's path, or any suffix of it that names one thing only (`django`)."""

# What no XML, and so no picture, can hold (XML 1.0, section 2.2), and the controls beside it.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _showable(text: str) -> str:
    found = _UNSHOWABLE.search(text)
    if found:
        raise ValueError(f"a control character (U+{ord(found[0]):04X}) cannot be shown: remove it")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_showable)]
"""What people read. Any character but control characters is allowed; each output escapes the others
in its own way."""

Name = Annotated[Text, AfterValidator(lambda text: " ".join(text.split()))]
"""What something is called: one line, whatever it was written as."""

Tag = Annotated[Name, Field(min_length=1)]
"""A free word, or several, to select and style by."""

Url = Annotated[str, StringConstraints(pattern=r"^(?:https?://|mailto:)[^\s<>\"]+$")]
"""An address for readers to follow: `https:`, `http:` or `mailto:`, and nothing that runs."""

FilePath = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00]*$")]
"""A file beside the model, relative to the model's folder."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake inside a value, which can be said more precisely than that the value is wrong."""

    said: str
    help: str = ""
    at: tuple[str | int, ...] = ()
    """From the value to the mistake."""
    on_key: bool = False
    """The key there is meant, not its value."""
    lacks: str = ""
    """A key that is needed and not given; `*` is any."""
    label: str = ""
    """What stands beside the place: "did you mean …?"."""
    code: str = "invalid-value"


def mistake(
    said: str, help_: str, *at: str | int, on_key: bool = False, lacks: str = ""
) -> PydanticCustomError:
    """One mistake, to raise in a validator."""
    return mistakes([Mistake(said, help_, at, on_key=on_key, lacks=lacks)])


def mistakes(found: Sequence[Mistake]) -> PydanticCustomError:
    """Several mistakes in one value, to raise in a validator."""
    context = {"said": "; ".join(one.said for one in found), "all": tuple(found)}
    return PydanticCustomError("mistakes", "{said}", context)


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
    tags: tuple[Tag, ...] = ()
    """Free words to select and style by."""


class Documented(Described):
    """What readers may want to know of an element beyond a sentence."""

    owner: Name = ""
    """The people to ask: a team, a person."""
    url: Url | None = None
    """Where it is found: the running application, its repository, its console."""
    links: dict[Name, Url] = Field(default_factory=dict)
    """Further addresses, by what they are called: `Runbook: https://…`."""
    properties: dict[Name, Text] = Field(default_factory=dict)
    """Free facts, by what they are called: `Cost centre: "4711"`."""
    docs: FilePath | None = None
    """A Markdown file that becomes part of its page."""


class Built(Documented):
    """What is made with a technology."""

    technology: Name = ""
    """What it is made with, by its usual name: "Django", "PostgreSQL"."""
    version: Name = ""
    """The one place where it is said: labels, image tags and tables are made from it."""
    platform: Name = ""
    """What it runs on, when that matters to readers: "Python 3.10"."""

    @property
    def technology_label(self) -> str:
        """Technology, version and platform as one phrase: "Django 4.2 on Python 3.10"."""
        product = " ".join(part for part in (self.technology, self.version) if part)
        if not self.platform:
            return product
        return f"{product} on {self.platform}" if product else self.platform


def display_name(local_id: str) -> str:
    """The name of something that was given none: its id as words, `app-server` → "App server"."""
    words = local_id.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def named(value: Any, key: str) -> Any:
    """Let a plain string stand for an object's main field: `django: Web app`."""
    return {key: value} if isinstance(value, str) else value


Port = Annotated[int, Field(ge=1, le=65535)]
"""A TCP port."""
