"""What is written, read the way a person reads it: folding, phrases, links, entities. Pure."""
