"""Doors of the account: those of allauth, in our words, and the invitation."""
