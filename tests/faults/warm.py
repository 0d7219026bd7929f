"""Imported once by a server of processes, so that each of hundreds of short lives begins with the dialogues read."""

from tests.privacy.test_canaries import marked_library

LIBRARY = marked_library()
