"""Every list a bureau can take away, by its name, in the order the page shows them."""

from awards.listings import (
    applications,
    benefits,
    bonus,
    comparisons,
    employers,
    entourage,
    periodic,
    persons,
    study,
    talent,
)
from awards.listings.base import Listing

LISTINGS: dict[str, Listing] = {
    listing.name: listing
    for listing in (
        persons.PROMOTION,
        persons.TITLES,
        applications.DIRECT,
        applications.PRIORITY,
        bonus.BONUS,
        persons.POOL,
        entourage.SQUAD,
        persons.HONOURS,
        persons.CERTIFICATES,
        study.STUDY,
        entourage.COACHES,
        entourage.UNITS,
        employers.EMPLOYERS,
        benefits.BENEFITS,
        periodic.PERIODIC,
        talent.TALENT,
        comparisons.COMPARISON,
    )
}
