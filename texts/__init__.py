"""WORDS: Fluent files per language and area, dates, durations and names in words, editorial packs."""
