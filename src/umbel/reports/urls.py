from django.urls import path

from umbel.reports import views

urlpatterns = [
    path("figures/<int:year>/", views.figures, name="reports.figure.list"),
    path("figures/<int:year>.<str:form>", views.figures_table, name="reports.figure.table"),
    path("figures/<int:year>/<str:key>/", views.figure, name="reports.figure.show"),
    path("figures/<int:year>/<str:key>.<str:form>", views.figure_table, name="reports.figure.rows"),
    path("audit/<int:year>/", views.audit_page, name="reports.audit.show"),
    path("audit/<int:year>.json", views.audit_json, name="reports.audit.json"),
    path("reports/<int:year>/", views.report, name="reports.report.show"),
    path("reports/<int:year>/<str:name>", views.report_file, name="reports.report.file"),
]
