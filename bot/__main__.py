"""Lets ``python -m bot`` run the command line."""

from bot import memory

memory.begin()

from bot.cli import main  # noqa: E402 - what this loads counts too

try:
    main()
finally:
    memory.end()
