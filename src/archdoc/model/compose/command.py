"""How Compose reads a command that is one text: into words, without a shell.

Source: Docker Compose 2.40, which reads `command` and `entrypoint` with go-shellwords.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """What Compose makes of a text."""

    problem: str = ""
    """Why it is refused; empty: it is not."""
    unread: str = ""
    """What is silently left out at its end, which only a shell would understand."""


def read_command(text: str) -> Command:
    """Read a command as Compose does, after variables have been filled in."""
    reader = _Reader()
    letters = iter(enumerate(text))
    for position, letter in letters:
        if letter == "\\" and reader.quote != "'":
            if (escaped := next(letters, None)) is None:
                return Command("it ends with a `\\`")
            reader.word += escaped[1]
        elif letter in ";&|<>" and not reader.is_inside:
            return Command(unread=text[position:])
        elif letter == "(" and not reader.opens():
            return Command("a `(` outside of quotes means something to a shell only")
        else:
            reader.take(letter)
    if reader.backtick:
        return Command("a backtick is not closed")
    if reader.quote == ")":
        return Command("a `(` or `)` has no other half")
    return Command(f"a `{reader.quote}` is not closed" if reader.quote else "")


@dataclass
class _Reader:
    """What is open where the text has been read to."""

    quote: str = ""
    """A single or a double quote, or the end of `$(`."""
    backtick: bool = False
    word: str = ""

    @property
    def is_inside(self) -> bool:
        return self.backtick or bool(self.quote)

    def opens(self) -> bool:
        """Whether a `(` may stand here: quoted, or as `$(`."""
        return (
            self.backtick or self.quote in {"'", '"'} or (not self.quote and self.word[-1:] == "$")
        )

    def take(self, letter: str) -> None:
        """Read one letter that is nothing special to what is around it, or opens or closes it."""
        in_quotes = self.quote in {"'", '"'}
        if letter in " \t\r\n" and not self.is_inside:
            self.word = ""
        elif letter in "'\"" and self.quote in {"", letter}:
            self.quote = "" if self.quote else letter
        elif letter == "`" and not self.quote:
            self.backtick = not self.backtick
        elif letter in "()" and not in_quotes and not self.backtick:
            self.quote = "" if self.quote else ")"
        else:
            self.word += letter
