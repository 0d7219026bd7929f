"""Copies of the database: made and tried out, and put back on hold."""
