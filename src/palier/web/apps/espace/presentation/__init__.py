"""The words of the applicant's pages."""
