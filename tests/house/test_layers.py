"""import-linter sees imports; a foreign key named by a string it does not see."""

from django.apps import apps

from tests.house.tree import SOURCE, ranks


def umbel_models():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ranks()]


def related(model):
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields]
    for field in fields:
        if field.is_relation and isinstance(field.related_model, type):
            yield field, field.related_model


def reaches_up_or_sideways(model, target):
    here, there = model._meta.app_label, target._meta.app_label
    return there in ranks() and here != there and ranks()[there] >= ranks()[here]


def test_every_app_has_its_place_in_the_layers():
    folders = {path.parent.name for path in SOURCE.glob("*/apps.py")}

    assert folders == set(ranks())


def test_every_installed_app_of_ours_goes_by_its_folder():
    installed = {config.name: config.label for config in apps.get_app_configs() if config.name.startswith("umbel.")}

    assert installed == {f"umbel.{app}": app for app in ranks()}


def test_foreign_keys_point_at_their_own_app_or_below():
    found = [
        f"{field} points at {target._meta.label}"
        for model in umbel_models()
        for field, target in related(model)
        if reaches_up_or_sideways(model, target)
    ]

    assert found == []
