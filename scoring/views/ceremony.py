"""The spreadsheets for the ceremony program."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from competitions.access import competition_for
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring import access
from scoring.ceremony import best_of_nation, competitor_results
from scoring.queries.comparison import comparison_of
from scoring.queries.published import published_names, published_skills


@require_GET
@policy("scoring.view_results")
def organize_ceremony_file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    roles = access.RESULTS_ROLES
    competition = competition_for(request.user, code, roles=roles)
    skills = published_skills(competition)
    names = published_names(skills)
    if name == "Competitor_results.xlsx":
        return download(competitor_results(skills, names), filename=name)
    if name != "Best_of_Nation.xlsx":
        raise Http404
    best = comparison_of(competition).best
    chosen = [row.entry for each in best for row in each.named]
    return download(best_of_nation(skills, names, chosen), filename=name)
