"""Paper: printed sheets (纸质评分表) with their codes, and what is keyed in from them.

A form is one printed page set of one sub-criterion; it names each sheet with the version
that was printed, so that an old paper is recognised when it comes back.
"""

from django.db import models

from competitions.models import Skill
from people.models import User
from scoring.models.marking import Sheet, Signature
from scoring.models.schemes import SubCriterion


class PaperForm(models.Model):
    """One printed form: what was on it, and where the ledger stood.

    ``seat`` None is the whole panel, 0 the group's values, else one judge's own form.
    ``cells`` are the printed values ``{sheet id: [[aspect, seat, state, value, remark]]}``
    of a filled form; a blank one has none.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="paper_forms")
    sub_criterion = models.ForeignKey(SubCriterion, models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    layout = models.CharField(max_length=12)
    is_filled = models.BooleanField(default=False)
    cells = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)  # of what a judge would sign
    seq = (
        models.PositiveBigIntegerField()
    )  # of the event of its printing, as event_hash
    event_hash = models.CharField(max_length=128)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.code[:4]}-{self.code[4:]}"


class PaperFormSheet(models.Model):
    """A sheet on a form: which column or page, and in which version."""

    form = models.ForeignKey(PaperForm, models.PROTECT, related_name="rows")
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="paper_rows")
    version = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("form", "position")
        constraints = [
            models.UniqueConstraint(fields=["form", "sheet"], name="sheet_once_on_form")
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.position}"


class PaperKeying(models.Model):
    """What one person keyed in from a form, waiting for a second one to key the same.

    ``cells``: ``[[sheet id, aspect, seat, state, value, remark]]``, sorted.
    """

    form = models.ForeignKey(PaperForm, models.PROTECT, related_name="keyings")
    keyed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    keyed_at = models.DateTimeField()
    cells = models.JSONField(default=list)
    entered_at = models.DateTimeField(null=True, blank=True)  # became marks

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "keyed_by"],
                condition=models.Q(entered_at__isnull=True),
                name="form_keyed_once_by_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.keyed_by_id}"


class PaperSignature(models.Model):
    """The judges signed the paper: so say the chief judge and a results officer.

    ``signature`` is the chief judge's record in the place of the judges'; ``reference``
    says where the paper or its scan is kept.
    """

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="on_paper")
    witness = models.ForeignKey(User, models.PROTECT, related_name="+")
    forms = models.ManyToManyField(PaperForm, related_name="paper_signatures")
    reference = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.signature_id}"
