"""Contents in several languages: what a record says in each, beside the words in which it was written first."""
