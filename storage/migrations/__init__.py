"""Migrations of the tables; the first one fixes the naming convention."""
