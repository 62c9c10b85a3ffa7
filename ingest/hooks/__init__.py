"""Notices of payment providers and the CRM: each proves itself in its own way and becomes an event of ours."""
