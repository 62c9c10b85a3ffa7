"""When families are written to: digests, reminders, journeys, campaigns."""
