"""Who is who: persons, organizations, sign-ins and their roles."""
