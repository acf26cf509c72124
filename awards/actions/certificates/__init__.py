"""Issue, re-issue, withdraw certificates; choose how they look; keep their files."""

from awards.actions.certificates.batches import start_certificate_job
from awards.actions.certificates.corrections import withdraw_corrected
from awards.actions.certificates.designs import choose_design, design_in_force
from awards.actions.certificates.files import keep_files, make_file
from awards.actions.certificates.issuing import (
    content_digest,
    issue_certificates,
    number_prefix,
)
from awards.actions.certificates.reissuing import preview_reissue, reissue_certificate
from awards.actions.certificates.withdrawing import (
    agree_revocation,
    ask_revocation,
    decline_revocation,
)

__all__ = [
    "agree_revocation",
    "ask_revocation",
    "choose_design",
    "content_digest",
    "decline_revocation",
    "design_in_force",
    "issue_certificates",
    "keep_files",
    "make_file",
    "number_prefix",
    "preview_reissue",
    "reissue_certificate",
    "start_certificate_job",
    "withdraw_corrected",
]
