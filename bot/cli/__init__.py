"""Commands, one module per concern; each has `register(app)` and imports heavy parts inside its functions."""
