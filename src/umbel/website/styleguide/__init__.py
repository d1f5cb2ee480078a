"""The styleguide: every component, once."""
