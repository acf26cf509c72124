"""Addresses of sign-in and of the pages about oneself."""

from django.urls import path

from people import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("me/", views.me, name="me"),
    path("me/password/", views.my_password, name="my_password"),
    path("me/pin/", views.my_pin, name="my_pin"),
    path("me/data.json", views.my_data, name="my_data"),
    path("me/jobs/", views.my_jobs, name="my_jobs"),
    path("me/jobs/<uuid:pk>/", views.my_job_result, name="my_job_result"),
]
