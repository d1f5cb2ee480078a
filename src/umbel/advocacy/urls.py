from django.urls import path

from umbel.advocacy import draft_views, views

urlpatterns = [
    path("desk/policy-files/hand-over/", views.hand_over, name="advocacy.file.hand_over"),
    path("desk/drafts/<int:pk>/comments/", views.answers, name="advocacy.draft.answers"),
    path("my/drafts/", draft_views.drafts, name="advocacy.draft.list"),
    path("my/drafts/<slug:key>/", draft_views.draft, name="advocacy.draft.show"),
    path("my/drafts/<slug:key>/no-remark/", draft_views.no_remark, name="advocacy.draft.no_remark"),
    path("my/comments/<int:pk>/", draft_views.comment, name="advocacy.comment.edit"),
    path("my/comments/<int:pk>/withdraw/", draft_views.withdraw, name="advocacy.comment.withdraw"),
]
