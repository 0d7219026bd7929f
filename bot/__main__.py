"""Lets ``python -m bot`` run the command line."""

from bot.cli import main
from bot.memory import search_seldom

search_seldom()
main()
