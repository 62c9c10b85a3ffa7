"""IN, from the groups: arrivals, messages, questions."""
