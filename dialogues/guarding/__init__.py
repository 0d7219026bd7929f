"""The guard on typed texts: cleaning, warning, and how well it does on invented sentences."""
