"""The site beside a bare endpoint with the same SQL and beside Datasette, on 100,000 live offers."""
