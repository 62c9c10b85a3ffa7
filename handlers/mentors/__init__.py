"""IN, from mentors and those who look after them."""
