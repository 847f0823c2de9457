"""The revisions of the store, never changed after a release."""
