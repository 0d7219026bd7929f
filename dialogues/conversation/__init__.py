"""Playing one dialogue with one person: definitions in, screens out, no side effects."""
