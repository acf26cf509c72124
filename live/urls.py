"""Addresses: the home page, boards under live/, and what spectators' processes serve."""

from django.urls import path

from live import views

urlpatterns = [path("", views.home, name="home")]
live = [
    path("", views.board_list, name="live_boards"),
    path("<slug:board>/", views.phone, name="live_board"),
    path("<slug:board>/wall/", views.wall, name="live_wall"),
    path("<slug:board>/snapshot.json", views.snapshot, name="live_snapshot"),
]
spectators = live
