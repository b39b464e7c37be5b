"""Alembic's way in: it works on the connection, and inside the transaction, that ``figures.store.migrate`` gives it."""

from alembic import context

from figures.store import schema

context.configure(connection=context.config.attributes["connection"], target_metadata=schema.metadata)
context.run_migrations()
