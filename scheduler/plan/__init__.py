"""Pure planners: facts in, effects out."""
