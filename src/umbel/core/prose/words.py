"""The words that the editor shows, in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _


def words() -> dict[str, Any]:
    """Return what stands on the buttons and in the dialogs of the editor, by name."""
    return {
        "text": _("Text"),
        "tools": _("Tools for the text"),
        "heading": _("Heading"),
        "subheading": _("Smaller heading"),
        "strong": _("Strong"),
        "stressed": _("Stressed"),
        "list": _("List"),
        "numbers": _("Numbered list"),
        "quotation": _("Quotation"),
        "link": _("Link"),
        "figure": _("Figure"),
        "photo": _("Photograph"),
        "table": _("Table"),
        "row": _("Add a row"),
        "column": _("Add a column"),
        "no_table": _("Remove the table"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "cancel": _("Cancel"),
        "keep": _("Keep"),
        "insert": _("Insert as figure"),
        "leave": _("Leave it"),
        "address": _("Leads to: an address, or a path of this site; empty takes the link away"),
        "find_figure": _("Find a figure by its name or key"),
        "find_photo": _("Find a photograph with credit and alternative text"),
        "year": _("Year"),
        "form": _("Printed as"),
        "forms": {"": _("number"), "words": _("word"), "Words": _("Word at the beginning"), "ordinal": _("ordinal")},
        "kinds": {"counted": _("counted"), "reported": _("reported"), "derived": _("derived")},
        "none": _("No figure is called so."),
        "no_photos": _(
            "No photograph that can be placed is called so. It needs a file, a credit and an alternative text."
        ),
        "no_photo": _("This photograph cannot be placed."),
        "caption": _("Caption"),
        "unknown": _("No figure has this key."),
        "suggestions": _("Numbers that are figures"),
        "suggestion": _("{number} is also: {label}, {period}. Insert it as a figure?"),
    }
