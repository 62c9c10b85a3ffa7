"""Questions of parents: ready answers first, then the community, then an expert."""
