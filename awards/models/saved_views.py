"""A work list as somebody keeps it: the filters of an address under a name of their own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User


class SavedView(models.Model):
    """Filters of the work list, kept by one user of one bureau.

    ``query`` is the address's query string; it never holds a document number.  The
    default view is what opens when the address names no filter.
    """

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="saved_views")
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(max_length=600, blank=True)
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "user", "name"], name="saved_view_name_once"
            ),
            models.UniqueConstraint(
                fields=["bureau", "user"],
                condition=Q(is_default=True),
                name="saved_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name
