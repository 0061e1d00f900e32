"""The public site: search, offers, alerts, figures, explanations; no account, no cookie."""
