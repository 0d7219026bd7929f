"""The papers an organisation needs beside the product: templates in Dutch, filled from the live code and settings."""
