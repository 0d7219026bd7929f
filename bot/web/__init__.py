"""What the product itself serves over HTTP: the door for Telegram's updates."""
