"""The example year of the acceptance tests, here too."""

from tests.acceptance.conftest import example

__all__ = ["example"]
