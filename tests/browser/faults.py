"""What is wrong with a page for those who read it on a telephone, by night, or with the ears."""

from axe_playwright_python.sync_playwright import Axe


def faults(page):
    """What axe finds: rule, how grave, the first place."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["impact"], rule["nodes"][0]["target"], rule["nodes"][0]["html"]) for rule in found]


def overhang(page):
    """By how many pixels a page is wider than its window, and the elements that reach out of it."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > room + 1
                && !e.closest('.scroll, .vh, .skip'));
            return [document.documentElement.scrollWidth - room, wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120))];
        }"""
    )
