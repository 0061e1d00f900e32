"""The account: an address, a name shown to colleagues, nothing else."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from palier.web.identifiants import uuid7


class UtilisateurManager(BaseUserManager["Utilisateur"]):
    """Find an account by its address, whatever the case."""

    def get_by_natural_key(self, username: str | None) -> Utilisateur:
        """Return the account of an address."""
        return self.get(courriel__iexact=username)

    def create_user(self, courriel: str, password: str | None = None, **fields: Any) -> Utilisateur:
        """Make an account."""
        user = self.model(courriel=self.normalize_email(courriel), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Utilisateur(AbstractBaseUser):
    """A member of the staff of an organisme, or of the operator.

    Rights come from roles held in an organisme (app ``organismes``), never from the account itself.
    ``exploitant`` opens the operator's pages: organisms, accounts, parameters; never a request.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    courriel = models.EmailField(max_length=190)
    nom = models.CharField(max_length=80, blank=True)
    exploitant = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    courriel_en_echec_le = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UtilisateurManager()

    class Meta:
        """One account an address."""

        constraints: ClassVar = [models.UniqueConstraint(Lower("courriel"), name="comptes_courriel_unique")]

    def __str__(self) -> str:
        return self.nom or "compte"
