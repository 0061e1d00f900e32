"""The settings that an operator gives by the environment: read, checked, all problems at once."""
