"""The steps from each schema of the store to the next, as Alembic revisions; ``figures/store/migrate.py`` runs them."""
