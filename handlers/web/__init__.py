"""Pages of the school's own address for parents: one-click stop, documents, the form for personal data."""
