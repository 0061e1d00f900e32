"""The applicant's space: her request, what happens next, and who acts for her."""
