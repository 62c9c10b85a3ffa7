"""IN, from owners and admins."""
