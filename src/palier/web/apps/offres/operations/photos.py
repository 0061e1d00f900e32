"""Pictures of an offer: added, described, ordered, removed; no file outlives its row nor its offer."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from palier.base.errors import Problem, RefusalError, TableError
from palier.web.apps.journal.operations import SYSTEME, inscrire
from palier.web.apps.offres.models import Offre, Photo, Statut
from palier.web.apps.offres.rules.anomalies import Anomalie, split
from palier.web.apps.offres.rules.parametrage import number
from palier.web.apps.offres.rules.photos import LARGEURS, check_photo, check_texte, file_of
from palier.web.identifiants import uuid7

if TYPE_CHECKING:
    from palier.web.apps.offres.operations.images import ImageRefaite

DOSSIER = "photos"


@dataclass(frozen=True, slots=True)
class Envoi:
    """A picture that is sent: its bytes, the words that stand for it, the name that messages say."""

    octets: bytes
    texte: str
    nom: str = "photo"

    @property
    def empreinte(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.octets).hexdigest()


@dataclass(frozen=True, slots=True)
class Ajout:
    """What an addition did."""

    photo: Photo
    nouvelle: bool


def check(envoi: Envoi) -> list[Problem]:
    """Return what refuses a picture or its words, all at once."""
    faults = [*check_photo(envoi.octets)[1], *check_texte(envoi.texte)]
    return [fault.problem(envoi.nom) for fault in split(faults)[0]]


def ajouter(*, acteur: Any, offre: Offre, envoi: Envoi, source: str, ordre: int | None = None) -> Ajout:
    """Add a picture to an offer; the same bytes sent again change at most its words and its rank.

    Raises
    ------
    TableError
        OFF-132, OFF-180 to OFF-185 and what no text may hold, all at once.
    RefusalError
        OFF-186: the offer has all its pictures.
    """
    problems = check(envoi)
    if problems:
        raise TableError(problems)
    from palier.web.apps.offres.operations.images import remake  # Pillow: the site starts without it

    known = Photo.objects.filter(offre=offre, empreinte=envoi.empreinte).exists()
    made = None if known else remake(envoi.octets, envoi.nom)  # slow: before the lock
    with transaction.atomic():
        locked = Offre.objects.select_for_update().get(pk=offre.pk)
        found = locked.photos.filter(empreinte=envoi.empreinte).first()
        if found is not None:
            _change(acteur, locked, found, envoi.texte.strip(), ordre, source)
            return Ajout(found, nouvelle=False)
        count = locked.photos.count()
        if count >= number("photos", "par_offre"):
            raise RefusalError(Anomalie("OFF-186").problem(envoi.nom))
        made = made or remake(envoi.octets, envoi.nom)
        photo = Photo.objects.create(
            offre=locked,
            ordre=count + 1,
            fichier=_store(made),
            empreinte=envoi.empreinte,
            texte=envoi.texte.strip(),
            largeur=made.largeur,
            hauteur=made.hauteur,
        )
        _move(locked, photo, ordre)
        _note(acteur, "photo.ajouter", locked, source)
    return Ajout(photo, nouvelle=True)


def _store(made: ImageRefaite) -> str:
    """Write the files under a name that nobody can guess; return it, less width and suffix."""
    name = uuid7().hex
    base = f"{DOSSIER}/{name[-2:]}/{name}"
    for width, content in made.fichiers.items():
        default_storage.save(file_of(base, width), ContentFile(content))
    return base


def _change(acteur: Any, offre: Offre, photo: Photo, texte: str, ordre: int | None, source: str) -> None:
    """Change the words or the rank of a picture that is there already."""
    changed = photo.texte != texte or (ordre is not None and photo.ordre != ordre)
    if photo.texte != texte:
        photo.texte = texte
        photo.save(update_fields=["texte"])
    _move(offre, photo, ordre)
    if changed:
        _note(acteur, "photo.modifier", offre, source)


def _move(offre: Offre, photo: Photo, ordre: int | None) -> None:
    """Put a picture at a rank; the others close up."""
    if ordre is None:
        return
    others = list(offre.photos.exclude(pk=photo.pk).order_by("ordre"))
    others.insert(max(0, ordre - 1), photo)
    _number(others)


def _number(photos: Sequence[Photo]) -> None:
    """Give pictures the ranks of their places; ranks are unique at the end of the transaction."""
    for rank, photo in enumerate(photos, 1):
        if photo.ordre != rank:
            photo.ordre = rank
            photo.save(update_fields=["ordre"])


@transaction.atomic
def ranger(
    *,
    acteur: Any,
    offre: Offre,
    textes: Mapping[uuid.UUID, str],
    ordres: Mapping[uuid.UUID, int],
    retirees: Iterable[uuid.UUID],
    source: str,
) -> int:
    """Describe, order and remove the pictures of an offer at once; return how many are left.

    Parameters
    ----------
    textes, ordres : mapping
        By picture; those of another offer are unknown here. Two equal ranks keep their old order.
    retirees : iterable of UUID
        Pictures to remove.

    Raises
    ------
    TableError
        Words that may not stand, each with the rank of its picture.
    """
    locked = Offre.objects.select_for_update().get(pk=offre.pk)
    gone = set(retirees)
    photos = list(locked.photos.order_by("ordre"))
    problems = [
        fault.problem(f"photo {photo.ordre}")
        for photo in photos
        if photo.pk in textes and photo.pk not in gone
        for fault in split(check_texte(textes[photo.pk]))[0]
    ]
    if problems:
        raise TableError(problems)
    removed = [photo for photo in photos if photo.pk in gone]
    kept = [photo for photo in photos if photo.pk not in gone]
    said = [photo for photo in kept if photo.texte != textes.get(photo.pk, photo.texte).strip()]
    for photo in said:
        photo.texte = textes[photo.pk].strip()
        photo.save(update_fields=["texte"])
    wanted = sorted(kept, key=lambda photo: ordres.get(photo.pk, photo.ordre))
    moved = [photo.pk for photo in wanted] != [photo.pk for photo in kept]
    _erase(removed)
    _number(wanted)
    if removed:
        _note(acteur, "photo.retirer", locked, source)
    if said or moved:
        _note(acteur, "photo.modifier", locked, source)
    return len(wanted)


@transaction.atomic
def retirer(*, acteur: Any, offre: Offre, empreinte: str, source: str) -> bool:
    """Remove a picture by what was sent; False where it is not there: asking twice changes nothing."""
    locked = Offre.objects.select_for_update().get(pk=offre.pk)
    found = locked.photos.filter(empreinte=empreinte).first()
    if found is None:
        return False
    _erase([found])
    _number(list(locked.photos.order_by("ordre")))
    _note(acteur, "photo.retirer", locked, source)
    return True


def _erase(photos: Sequence[Photo]) -> None:
    """Erase rows now, and their files once that is sure."""
    names = [file_of(photo.fichier, width) for photo in photos for width in LARGEURS]
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    transaction.on_commit(lambda: _delete(names))


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


@transaction.atomic
def purger(*, avant: dt.datetime) -> int:
    """Erase the pictures of the offers that left before an instant; return how many."""
    old = list(Photo.objects.filter(offre__statut=Statut.RETIREE, offre__retiree_le__lt=avant))
    _erase(old)
    if old:
        inscrire(
            acteur=SYSTEME,
            verbe="photo.purger",
            objet_type="offre",
            objet_id=f"{len(old)} photos",
            origine="tache",
        )
    return len(old)


def ramasser(*, avant: dt.datetime) -> int:
    """Erase the files that no picture names, written before an instant: a write was cut short.

    Returns
    -------
    int
        Number of files.
    """
    if not default_storage.exists(DOSSIER):
        return 0
    files = [
        f"{DOSSIER}/{folder}/{name}"
        for folder in default_storage.listdir(DOSSIER)[0]
        for name in default_storage.listdir(f"{DOSSIER}/{folder}")[1]
    ]
    old = [name for name in files if default_storage.get_modified_time(name) < avant]
    bases = {name: name.rpartition("-")[0] for name in old}
    known = set(Photo.objects.filter(fichier__in=set(bases.values())).values_list("fichier", flat=True))
    orphans = [name for name, base in bases.items() if base not in known]
    _delete(orphans)
    return len(orphans)


def _note(acteur: Any, verbe: str, offre: Offre, source: str) -> None:
    """Write the line of journal of an act on the pictures of an offer."""
    inscrire(
        acteur=acteur,
        verbe=verbe,
        objet_type="offre",
        objet_id=offre.pk,
        organisme=offre.organisme_id,
        champs=["photos"],
        origine=source,
    )
