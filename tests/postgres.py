"""One PostgreSQL database per test process, emptied between tests.

Making and dropping a database costs a checkpoint each; emptying the tables a test has written costs milliseconds.
"""

from __future__ import annotations

import asyncio
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg

HOST, PORT, USER = "127.0.0.1", 5432, "postgres"

WRITTEN = """
DO $$
DECLARE
  name text;
  found boolean;
  columns text;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'D' AND NOT tgisinternal LOOP
    EXECUTE format('ALTER TABLE %s ENABLE TRIGGER ALL', name);
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO found;
    IF found THEN
      EXECUTE format('DELETE FROM public.%I', name);
    END IF;
    IF to_regclass(format('pristine.%I', name)) IS NOT NULL THEN
      SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
        WHERE attrelid = format('public.%I', name)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
      EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM pristine.%I',
                     name, columns, columns, name);
    END IF;
  END LOOP;
  FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE public.%s RESTART', name);
  END LOOP;
END $$
"""
"""Bring the database back to what the migrations left: their rows, their triggers, sequences from the start."""

PRISTINE = """
DO $$
DECLARE
  name text;
  found boolean;
BEGIN
  CREATE SCHEMA pristine;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO found;
    IF found THEN
      EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', name, name);
    END IF;
  END LOOP;
END $$
"""
"""Keep the rows the migrations made."""


def answers(port: int = PORT) -> bool:
    """Tell whether somebody listens."""
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex((HOST, port)) == 0


def address(name: str) -> str:
    """Write the SQLAlchemy address of a database."""
    return f"postgresql+asyncpg://{USER}@{HOST}:{PORT}/{name}"


@contextmanager
def made(template: str = "template1") -> Iterator[str]:
    """Make a database like the template, give its name, drop it."""
    name = f"opora_test_{uuid.uuid4().hex[:12]}"
    run("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    # Losing the last commits with the server's power is fine here; waiting for the disk is not.
    run("postgres", f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    try:
        yield name
    finally:
        run("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def keep(name: str) -> None:
    """Remember the database as it is: `empty` comes back to it."""
    run(name, PRISTINE)


def empty(name: str) -> None:
    """Take away whatever a test has written."""
    run(name, WRITTEN)


def run(database: str, statement: str) -> None:
    """Run one statement outside any transaction of ours."""

    async def work() -> None:
        connection: Any = await asyncpg.connect(host=HOST, port=PORT, user=USER, database=database)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(work())
