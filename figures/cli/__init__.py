"""The command line: ``figures …``. Each command is a paragraph that calls the stages and prints what they give.

``app`` puts the commands together, ``options`` holds what they share, ``terminal`` draws for people, ``output`` writes
for programs, ``inputs`` turns paths and stores into tables. Heavy libraries are imported inside the commands, so that
``figures --help`` answers at once.
"""

from figures.cli.app import main

__all__ = ["main"]
