"""The pure core: what is asked, when, and what may be said about the answers."""
