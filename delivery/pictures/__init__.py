"""Pictures the bot sends."""
