"""Kernel: clock, ids, event names, errors, outgoing effects, cohorts. Imports nothing of ours."""
