"""`python -m archdoc`: the same as the command `archdoc`."""

import sys


def main() -> None:
    """Run the command line. Ctrl+C ends it without a word while it is still being read, too."""
    try:
        from archdoc.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)  # `by_signal(SIGINT)`, of which nothing is known yet
    try:
        run()
    except SystemExit as end:
        from archdoc.cli.ending import end_at_once

        end_at_once(end.code)
        raise


if __name__ == "__main__":
    main()
