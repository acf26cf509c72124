"""Every list a bureau can take away, by its name, in the order the page shows them."""

from awards.listings import applications, persons
from awards.listings.base import Listing

LISTINGS: dict[str, Listing] = {
    listing.name: listing
    for listing in (
        persons.PROMOTION,
        persons.TITLES,
        applications.DIRECT,
        applications.PRIORITY,
        persons.POOL,
        persons.HONOURS,
        persons.CERTIFICATES,
    )
}
