"""What a delegation's leader sees: the own entries and what review says of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from competitions import access, queries
from people.policy import policy


@policy("competitions.delegation")
def delegation_home(request: HttpRequest) -> HttpResponse:
    delegations = [
        {
            "delegation": delegation,
            "entries": queries.entries_matching(
                delegation.competition, delegation=delegation
            ),
        }
        for delegation in access.delegations_for(request.user)
    ]
    return render(
        request, "competitions/delegation_home.html", {"delegations": delegations}
    )
