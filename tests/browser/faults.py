"""What is wrong with a page for those who read it on a telephone, by night, or with the ears."""

from axe_playwright_python.sync_playwright import Axe

# Part of WCAG 2.2 AA, and left out by axe unless it is asked for.
ASKED = {"rules": {"target-size": {"enabled": True}}}
# Each page on a telephone by day and on a desk by night; then it turns to its other colours where it is.
WAYS = [(390, "light"), (1280, "dark")]
OTHER = {"light": "dark", "dark": "light"}


def faults(page, options=ASKED):
    """What axe finds: rule, how grave, the first place.

    The bar with Save lies where it belongs, below the form: at the edge of the window it covers whatever is just
    scrolled beneath it, and axe would take the half that is seen for the size of a target.
    """
    page.evaluate("document.querySelectorAll('.savebar').forEach(bar => { bar.style.position = 'static'; })")
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], rule["impact"], rule["nodes"][0]["target"], rule["nodes"][0]["html"]) for rule in found]


def faults_by(page, scheme):
    """What is too pale once the page has turned to its other colours; the rest does not change with them."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
    return faults(page, {"runOnly": ["color-contrast"]})


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
