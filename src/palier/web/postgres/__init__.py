"""PostgreSQL for the site: the embedded server, the roles and their grants."""
