"""Every sentence of the chat that is not in a content file: Dutch, B1, one module per subject."""
