"""What the product does, one verb a file: no chat, no scheduler, no SQL, no event loop."""
