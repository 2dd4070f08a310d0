"""`python -m archdoc`: the same as the command `archdoc`."""

from archdoc.cli import main

if __name__ == "__main__":
    main()
