"""Writes the generated parts of docs: what each file may hold, which figures are always there, who may do what.

`.venv/bin/python -m tests.house.reference` puts them into the pages; a house test tells when that is due.
"""

import os

import django
from django.db import models

from tests.house.tree import DOCS

FILES, FIGURES = DOCS / "users" / "files.md", DOCS / "users" / "figures.md"
ACCESS = DOCS / "operators" / "access.md"
BEGIN, END = "<!-- generated: {} -->\n", "<!-- end of {} -->\n"


def pages():
    """Each generated part: the page, the name of the part, its text."""
    yield FILES, "shared columns", shared_columns()
    yield FILES, "files", files()
    yield FILES, "types", types()
    yield FIGURES, "figures", figures()
    yield ACCESS, "roles", roles()
    yield ACCESS, "audiences", audiences()


def in_page(page, part):
    """The text that stands in a page between the marks of a part."""
    text = page.read_text(encoding="utf-8")
    return text.split(BEGIN.format(part))[1].split(END.format(part))[0]


def put_in_page(page, part, text):
    old = page.read_text(encoding="utf-8")
    head, rest = old.split(BEGIN.format(part))
    tail = rest.split(END.format(part))[1]
    page.write_text(f"{head}{BEGIN.format(part)}{text}{END.format(part)}{tail}", encoding="utf-8")


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def figures():
    from umbel.core import registry

    rows = []
    for figure in registry._figures.values():
        told = " ".join(str(text) for text in (figure.definition, figure.rule) if text)
        rows.append([f"`{figure.key}`", figure.label, figure.kind, told])
    return table(["Key", "Figure", "Kind", "What is counted"], rows)


def roles():
    """What each role of the secretariat may do with each kind of record, asked of the rules themselves."""
    from django.apps import apps

    from umbel.core.audience import Role
    from umbel.core.records import Record

    staff = [role for role in Role if role != Role.NONE]
    heads, text = ["Kind", *(role.label for role in staff)], ""
    for app in apps.get_app_configs():
        kinds = [model for model in app.get_models() if issubclass(model, Record)]
        if kinds:
            rows = [[model._meta.verbose_name, *(acts_of(model, role) for role in staff)] for model in kinds]
            text += f"### {str(app.verbose_name).capitalize()}\n\n{table(heads, rows)}\n"
    return text


def acts_of(model, role):
    import rules

    from umbel.accounts.chronicle import roles as audiences_of_role
    from umbel.accounts.models import User

    user = User(role=role)
    acts = ["view"] if "secretariat" in audiences_of_role(user) else []
    acts += [act for act in ("add", "change", "delete") if rules.has_perm(model.get_perm(act), user)]
    return ", ".join(acts) or "nothing"


def audiences():
    """Why somebody belongs to an audience, or sees a part of what is meant for it, in the words of the rules."""
    from umbel.core import audience

    whole = [[given_whole(named), source.__doc__.splitlines()[0]] for named, source in audience._grants]
    part = [[f"of `{name}`, the own part", source.__doc__.splitlines()[0]] for name, source in audience._circles]
    return table(["What is seen", "By whom, and why"], sorted(whole) + sorted(part))


def given_whole(audiences):
    from umbel.core.audience import Audience

    if audiences == frozenset(Audience):
        return "every audience"
    return ", ".join(f"the whole of `{each}`" for each in Audience.values if each in audiences)


def types():
    from umbel.core.exchange.sheets import every_sheet, referable, sheet_of

    tops = {}
    for top in every_sheet():
        for one in every_part(top):
            tops.setdefault(one.model, top)
    rows = []
    for name in sorted(referable()):
        model = next(model for model in tops if model._meta.model_name == name)
        if sheet_of(model):
            rows.append([f"`{name}`", f"`{tops[model].file}`"])
    return table(["Type", "File"], rows)


def every_part(sheet):
    yield sheet
    for part in sheet.parts:
        yield from every_part(part)


def shared_columns():
    from umbel.core.exchange.sheets import make_columns
    from umbel.library.models import Publication

    known = make_columns(Publication, ["key"], [])
    return column_table(known[name] for name in act_columns())


def act_columns():
    from umbel.core.records import Act

    fields = [field.name for field in Act._meta.get_fields()]
    return ["key", *(name for name in fields if name not in ("key", "audience")), "audience"]


def files():
    from umbel.core.exchange.sheets import every_sheet

    return "\n".join(one_file(sheet) for sheet in every_sheet())


def one_file(sheet):
    from umbel.core.records import Act
    from umbel.events.models import Event

    text = f"### {sheet.file}\n\n{sheet.model.__doc__.splitlines()[0]}"
    if sheet.key != ("key",):
        text += f" A row is known by {joined(sheet.key)}."
    hidden, parts = set(), list(sheet.parts)
    if issubclass(sheet.model, Event) and sheet.model is not Event:
        text += " The columns and lists of [events.yaml](#eventsyaml), and:"
        hidden, parts = {field.name for field in Event._meta.get_fields()}, []
    elif issubclass(sheet.model, Act):
        text += " The [columns of an act](#columns-of-an-act), and:"
        hidden = set(act_columns())
    columns = [column for column in sheet.columns.values() if column.name not in hidden]
    text += f"\n\n{column_table(columns)}" if columns else "\n"
    return text + "".join(one_part(part, "") for part in parts)


def one_part(part, path):
    name = f"{path}{part.name}"
    told = f"\nList `{name}`: {lower(part.model.__doc__.splitlines()[0])}"
    if lone := part.lone_column:
        return f"{told} A plain list: {allowed(lone)}.\n"
    told += f" A row is known by {joined(part.key)} within its list."
    return f"{told}\n\n{column_table(part.columns.values())}" + "".join(one_part(one, f"{name}.") for one in part.parts)


def lower(text):
    return text[0].lower() + text[1:]


def joined(names):
    return " and ".join(filter(None, [", ".join(f"`{name}`" for name in names[:-1]), f"`{names[-1]}`"]))


def column_table(columns):
    rows = [
        [f"`{column.name}`", meaning(column), allowed(column), "yes" if is_required(column) else ""]
        for column in columns
    ]
    return table(["Column", "Meaning", "What may stand there", "Required"], rows)


def field_of(column):
    return getattr(column, "field", None)


def meaning(column):
    field = field_of(column)
    if column.name == "aliases":
        return "Other spellings under which it is found"
    if field is None:
        return "The record"
    name, more = str(field.verbose_name), str(field.help_text)
    if more and name == column.name:
        return more
    return ". ".join(filter(None, [name[0].upper() + name[1:], more]))


def is_required(column):
    from umbel.core.exchange.columns import KeyColumn, RecordColumn, ValueColumn

    field = field_of(column)
    if isinstance(column, ValueColumn):
        return not (field.has_default() or field.blank)
    if isinstance(column, RecordColumn):
        return not column.may_be_empty
    return isinstance(column, KeyColumn) and not field.null


def allowed(column):
    from umbel.core.exchange.columns import AliasColumn, KeyColumn, ListColumn, RecordColumn

    if isinstance(column, RecordColumn):
        return "[type/key](#references-to-any-record)"
    if isinstance(column, AliasColumn):
        return "list of texts"
    if isinstance(column, ListColumn):
        return f"list of keys of {keepers(column.model)}"
    if isinstance(column, KeyColumn):
        return f"key of {keepers(column.model)}"
    return value_allowed(column.field)


def keepers(model):
    """The files that hold rows of a model or of one that inherits its table."""
    from umbel.core.exchange.sheets import every_sheet, has_own_key

    if not has_own_key(model):
        return "an edition in `series.yaml`: key of the series, hyphen, year"
    found = [
        f"`{top.file}`" if one is top else f"`{top.file}`, list `{one.name}`"
        for top in every_sheet()
        for one in every_part(top)
        if issubclass(one.model, model)
    ]
    return ", ".join(found)


def value_allowed(field):
    text = choices_of(field) if field.choices else kind_of(field)
    default = field.get_default() if field.has_default() else ""
    default = str(default).lower() if isinstance(default, bool) else default
    return f"{text}; else `{default}`" if default not in ("", None) else text


def choices_of(field):
    from umbel.core.audience import Audience
    from umbel.core.codes import COUNTRY_CODES

    choices = {str(value): str(label) for value, label in field.flatchoices if str(value)}
    if set(choices) <= COUNTRY_CODES:
        return "ISO code of a country: `BE`"
    if set(choices) == set(Audience.values):
        return "[audience](index.md#who-sees-what)"
    return ", ".join(
        f"`{value}`" if label.lower() == value.replace("-", " ") or label.lower() == value else f"`{value}` ({label})"
        for value, label in choices.items()
    )


def kind_of(field):
    from umbel.core.dates import PartialDateField

    kinds = [
        (PartialDateField, "[date](year.md#dates)"),
        (models.BooleanField, "`true` or `false`"),
        (models.IntegerField, "whole number"),
        (models.DecimalField, f"number, up to {getattr(field, 'decimal_places', 0)} decimals"),
        (models.SlugField, f"letters, digits, hyphens, underscores; up to {field.max_length}"),
        (models.URLField, "web address"),
        (models.FileField, "path inside `media/`"),
    ]
    text = f"text, up to {field.max_length} characters" if field.max_length else "text of any length"
    return next((told for kind, told in kinds if isinstance(field, kind)), text)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umbel.settings")
    django.setup()
    for page, part, text in pages():
        put_in_page(page, part, text)


if __name__ == "__main__":
    main()
