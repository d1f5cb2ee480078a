"""How somebody goes from page to page."""


def follow(page, target):
    """Click a link or a button, and wait for the page to which it leads."""
    with page.expect_navigation():
        target.click()
