"""Even Stilstaan at the edge: use cases, chat, rendering, sandbox, and the wiring of it all."""
