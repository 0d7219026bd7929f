"""Benchmarks that print figures; nothing in them passes or fails."""
