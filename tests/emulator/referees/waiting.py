"""Waiting for a library that works in the background."""

import asyncio

import pytest


async def until(holds, seconds=4.0):
    """Return as soon as `holds()`; fail when it does not come to pass in real seconds."""
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not come to pass")
