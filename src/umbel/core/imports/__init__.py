"""Tables of others become records: read, mapped, checked as a whole, written at once, undone at once."""
