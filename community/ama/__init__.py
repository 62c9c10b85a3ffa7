"""AMA sessions: planned, announced, asked in advance, held live, written up."""
