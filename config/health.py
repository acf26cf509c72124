"""Two answers for whoever watches the server: it lives, it can work.

Neither names a person, a path or a version.
"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.checks import check_pdf_libraries
from people.policy import policy


@policy("config.health")
@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@policy("config.health")
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Whether the database answers and stands at the code's migrations.

    ``certificates`` says whether PDFs can be drawn here; it decides nothing.
    """
    checks = {"database": False, "migrations": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        targets = executor.loader.graph.leaf_nodes()
        checks["migrations"] = not executor.migration_plan(targets)
    except DatabaseError:
        pass
    status = 200 if all(checks.values()) else 503
    checks["certificates"] = not check_pdf_libraries()  # all else runs without them
    return JsonResponse(checks, status=status)
