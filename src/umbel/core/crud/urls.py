from django.urls import path

from umbel.core.crud.views import bin, bulk, capture, lists, lookups, merging, previews, records

urlpatterns = [
    path("bin/", bin.index, name="desk.bin"),
    path("bin/restore/", bin.restore, name="desk.bin.restore"),
    path("capture/", capture.line, name="desk.capture"),
    path("capture/file/", capture.parcel, name="desk.capture.file"),
    path("merges/", merging.past, name="desk.merges"),
    path("merges/undo/", merging.unmerge, name="desk.merges.undo"),
    path("lookup/any/", lookups.propose_any, name="desk.lookup.any"),
    path("lookup/<str:kind>/", lookups.propose, name="desk.lookup"),
    path("<slug:section>/", lists.index, name="desk.record.list"),
    path("<slug:section>.<str:format>", lists.download, name="desk.record.download"),
    path("<slug:section>/alike/", merging.pairs, name="desk.record.alike"),
    path("<slug:section>/bulk/", bulk.bulk, name="desk.record.bulk"),
    path("<slug:section>/columns/", lists.keep_columns, name="desk.record.columns"),
    path("<slug:section>/views/", lists.keep_view, name="desk.record.views"),
    path("<slug:section>/add/", records.add, name="desk.record.add"),
    path("<slug:section>/<int:pk>/", records.edit, name="desk.record.edit"),
    path("<slug:section>/<int:pk>/delete/", records.delete, name="desk.record.delete"),
    path("<slug:section>/<int:pk>/merge/", merging.compare, name="desk.record.merge"),
    path("<slug:section>/<int:pk>/history/", records.past, name="desk.record.history"),
    path("<slug:section>/<int:pk>/as-typed/", previews.preview, name="desk.record.preview"),
]
