"""What is kept: people, schedules and sealed envelopes. Knows SQL; knows no chat, no scheduler, no event loop."""
