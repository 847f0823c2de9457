"""Alembic revisions of the store; one file each in ``versions/``, never changed after a release."""
