"""Intake: no update is lost, none acts twice (docs/decisions/0002-intake.md)."""
