"""When something is due: rounds, prompts, snoozes, reminders and the maandbeeld."""
