"""Addresses of certificates: issue, print, re-issue, withdraw, design, verify."""

from django.urls import path

from awards.views import certificate_designs as designs
from awards.views import certificate_steps as steps
from awards.views import certificates
from awards.views import verify as check

RELEASE = "certificates/releases/<str:number>"
ONE = "certificates/<int:pk>"
COMPETITION = "certificates/competitions/<slug:code>"

bureau = [
    path("certificates/", certificates.bureau_certificates, name="bureau_certificates"),
    path(f"{RELEASE}/", certificates.release_certificates, name="release_certificates"),
    path(
        f"{RELEASE}/issue/",
        certificates.issue_release_certificates,
        name="issue_release_certificates",
    ),
    path(
        f"{RELEASE}/batch/", certificates.certificates_batch, name="certificates_batch"
    ),
    path(f"{RELEASE}.pdf", certificates.certificates_pdf, name="certificates_pdf"),
    path(f"{ONE}.pdf", certificates.certificate_pdf, name="certificate_pdf"),
    path(f"{ONE}/reissue/", steps.certificate_reissue, name="certificate_reissue"),
    path(f"{ONE}/revoke/", steps.certificate_revoke, name="certificate_revoke"),
    path(
        "certificates/withdrawals/<int:pk>/",
        steps.certificate_withdrawal,
        name="certificate_withdrawal",
    ),
    path(f"{COMPETITION}/", designs.certificate_design, name="certificate_design"),
    path(
        f"{COMPETITION}/specimen.pdf",
        designs.certificate_specimen,
        name="certificate_specimen",
    ),
]

verify = [
    path("", check.verify_find, name="verify_find"),
    path("file/", check.verify_file, name="verify_file"),
    path("<str:token>/", check.verify_certificate, name="verify_certificate"),
]
