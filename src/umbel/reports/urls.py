from django.urls import path, register_converter
from django.urls.converters import StringConverter

from umbel.reports import desk_views, frozen_views, views


class TableConverter(StringConverter):
    """A form in which the figures of a year are a table; a feed of them is made further up."""

    regex = "csv|json"


register_converter(TableConverter, "table")

urlpatterns = [
    path("figures/", views.years, name="reports.figure.years"),
    path("figures/<int:year>/", views.figures, name="reports.figure.list"),
    path("figures/<int:year>.<table:form>", views.figures_table, name="reports.figure.table"),
    path("figures/<int:year>/<str:key>/", views.figure, name="reports.figure.show"),
    path("figures/<int:year>/<str:key>.trend.csv", views.figure_trend, name="reports.figure.trend"),
    path("figures/<int:year>/<str:key>.<str:form>", views.figure_table, name="reports.figure.rows"),
    path("audit/<int:year>/", views.audit_page, name="reports.audit.show"),
    path("audit/<int:year>.json", views.audit_json, name="reports.audit.json"),
    path("audit/<int:year>.csv", views.audit_table, name="reports.audit.table"),
    path("reports/", views.reports, name="reports.report.list"),
    path("reports/<int:year>/", views.report, name="reports.report.show"),
    path("reports/<int:year>/editions/<int:number>/", frozen_views.edition, name="reports.edition.show"),
    path("reports/<int:year>/editions/<int:number>/<str:name>", frozen_views.edition_file, name="reports.edition.file"),
    path("reports/<int:year>/<str:name>", views.report_file, name="reports.report.file"),
    path("grants/<slug:key>/report/<int:year>/", frozen_views.grant_report, name="reports.grant.show"),
    path("grants/<slug:key>/report/<int:year>.csv", frozen_views.grant_annex, name="reports.grant.annex"),
    path("drawings/<int:year>/<slug:name>.csv", views.drawing_table, name="reports.drawing.table"),
    path("desk/reports/<int:year>/freeze/", desk_views.freeze, name="reports.freeze"),
    path("desk/reports/<int:year>/freeze/<uuid:task>/", desk_views.progress, name="reports.freeze.progress"),
    path("desk/grants/<slug:key>/report/<int:year>/freeze/", desk_views.freeze_grant, name="reports.grant.freeze"),
]
