from django.urls import path

from umbel.core.crud.views import files

urlpatterns = [
    path("<str:kind>/<int:pk>/<str:field>/", files.show, name="desk.file.show"),
]
