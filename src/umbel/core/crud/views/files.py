"""Files of records: served to whoever may see the record, never as pages of this site."""

from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.db import models
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from umbel.core.crud.uploads import content_type
from umbel.core.records import Record


def show(request: HttpRequest, kind: str, pk: int, field: str) -> FileResponse:
    """Return the file in a field of a record: pictures are shown, others are kept under the name they came with."""
    row = get_object_or_404(_file_model(kind, field)._default_manager.visible_to(request.user), pk=pk)
    file = getattr(row, field)
    if not file:
        raise Http404(field)
    try:
        opened = file.open("rb")
    except OSError as error:
        raise Http404(field) from error
    kept_as = content_type(file.name)
    response = FileResponse(
        opened, as_attachment=not kept_as.startswith("image/"), filename=PurePath(file.name).name, content_type=kept_as
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    patch_cache_control(response, private=True, max_age=3600)
    return response


def _file_model(kind: str, field: str) -> Any:
    """Return the kind of record with a file in that field. Raises `Http404` where there is none."""
    try:
        model = apps.get_model(kind)
        found = model._meta.get_field(field)
    except (LookupError, ValueError) as error:
        raise Http404(kind) from error
    if not issubclass(model, Record) or not isinstance(found, models.FileField):
        raise Http404(kind)
    return model
