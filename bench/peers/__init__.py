"""Bots to compare with, as their libraries' own documentation would have them; each runs in `.venv-peers`."""
