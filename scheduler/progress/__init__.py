"""What children do at the school, folded from events."""
