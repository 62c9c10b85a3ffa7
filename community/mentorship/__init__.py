"""Mentorship, parent to parent: applications, training, matching, a relay that tells no names, check-ins."""
