"""Deterministic simulation of the real product against the in-process emulator under simulated time."""
