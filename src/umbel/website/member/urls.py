from django.urls import path

from umbel.website.member import views

urlpatterns = [
    path("my/", views.home, name="member.home"),
    path("my/organisation/", views.organisation, name="member.organisation"),
    path("my/organisation/<slug:key>/", views.organisation, name="member.organisation.show"),
    path("my/documents/", views.documents, name="member.documents"),
    path("my/directory/", views.directory, name="member.directory"),
    path("my/groups/", views.group_list, name="member.groups"),
    path("my/calendar/", views.months, name="member.calendar"),
    path("my/calendar/renew/", views.renew_calendar, name="member.calendar.renew"),
    path("my/preferences/", views.preferences, name="member.preferences"),
    path("calendars/<str:token>.ics", views.calendar_file, name="member.calendar.file"),
]
