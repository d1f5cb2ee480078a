from django.urls import path

from umbel.advocacy import views

urlpatterns = [path("desk/policy-files/hand-over/", views.hand_over, name="advocacy.file.hand_over")]
