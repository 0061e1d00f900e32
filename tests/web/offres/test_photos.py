"""Pictures of offers: made anew from their pixels, named so that nobody guesses, gone with their offer."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from palier.base.errors import TableError
from palier.web.apps.journal.models import Evenement
from palier.web.apps.offres import tasks
from palier.web.apps.offres.models import Offre, Photo
from palier.web.apps.offres.operations import ecriture, photos
from palier.web.apps.offres.operations.images import remake
from palier.web.apps.offres.operations.photos import Envoi
from palier.web.apps.offres.rules.photos import LARGEURS, check_photo, check_texte, file_of, fit
from palier.web.exploitation import peuplement
from palier.web.exploitation.images_inventees import SUJETS, draw
from palier.web.exploitation.sauvegarde import _uploads
from tests.cases.offres.photos import GPS, jpeg, png
from tests.web.offres.outils import MAINTENANT, SIREN, bailleur, cle, ligne
from tests.web.offres.photos import dessin, exif
from tests.web.offres.test_lots import envoie, plusieurs
from tests.web.offres.test_pages import agent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
TEXTE = "Séjour, fenêtre sur la cour"


@pytest.fixture
def offre() -> Offre:
    envoie(bailleur(), plusieurs(1))
    return Offre.objects.get()


def ajoute(offre: Offre, octets: bytes, texte: str = TEXTE, **options: Any) -> Photo:
    envoi = Envoi(octets, texte, "photo.jpg")
    return photos.ajouter(acteur="essai", offre=offre, envoi=envoi, source="page", **options).photo


def files() -> set[str]:
    root = Path(default_storage.path("photos"))
    return {path.relative_to(root.parent).as_posix() for path in root.rglob("*") if path.is_file()}


def ecrit(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what waits for the end of the transaction."""
    return django_capture_on_commit_callbacks(execute=True)


# --- What becomes of the bytes ----------------------------------------------------------------------------


@pytest.mark.parametrize("genre", ["JPEG", "PNG", "WEBP"])
def test_une_image_est_refaite_sans_rien_de_cache(genre: str) -> None:
    sent = dessin(genre=genre, exif=exif(), **({} if genre == "PNG" else {"quality": 90}))
    assert b"Appareil secret" in sent
    made = remake(sent)
    assert set(made.fichiers) == set(LARGEURS)
    for width, content in made.fichiers.items():
        assert check_photo(content)[0].largeur == width  # type: ignore[union-attr]
        for hidden in (b"Appareil secret", b"EXIF", b"XMP ", b"ICCP", b"Exif"):
            assert hidden not in content
        with Image.open(io.BytesIO(content)) as read:
            assert (read.format, read.size) == ("WEBP", (width, width * 3 // 4))
            assert not read.getexif()


def test_une_image_couchee_est_redressee() -> None:
    made = remake(dessin(exif=exif(orientation=6)))  # the camera was turned a quarter
    with Image.open(io.BytesIO(made.fichiers[480])) as read:
        assert read.size == (480, 640)
        red = read.convert("RGB").getpixel((400, 100))  # the red corner has gone to the right
    assert isinstance(red, tuple)
    assert red[0] > 180
    assert red[2] < 90


def test_une_image_transparente_est_posee_sur_du_blanc() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (600, 600), (0, 0, 0, 0)).save(stream, "PNG")
    with Image.open(io.BytesIO(remake(stream.getvalue()).fichiers[480])) as read:
        assert read.convert("RGB").getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "I;16"])
def test_tous_les_modes_de_couleur_passent(mode: str) -> None:
    stream = io.BytesIO()
    base = Image.new("L", (500, 500), 128)
    image = Image.new(mode, (500, 500)) if mode == "I;16" else base.convert(mode)
    image.save(stream, "JPEG" if mode == "CMYK" else "PNG")
    assert remake(stream.getvalue()).largeur == 500


@pytest.mark.parametrize(
    ("taille", "voulue", "attendu"),
    [
        ((1600, 1200), 1200, (1200, 900)),
        ((400, 300), 480, (400, 300)),
        ((400, 20_000), 480, (19, 960)),
        ((20_000, 400), 1200, (1200, 24)),
        ((1200, 2400), 1200, (1200, 2400)),
        ((30_000, 1), 480, (480, 1)),
    ],
)
def test_une_image_n_est_jamais_agrandie_ni_sans_fin(
    taille: tuple[int, int], voulue: int, attendu: tuple[int, int]
) -> None:
    assert fit(*taille, voulue) == attendu


@pytest.mark.parametrize(
    ("nom", "octets", "code"),
    [
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "OFF-180"),
        ("page", b"<!doctype html><script>alert(1)</script>", "OFF-180"),
        ("GIF", b"GIF89a\x01\0\x01\0", "OFF-180"),
        ("vide", b"", "OFF-180"),
        ("60 millions de pixels", jpeg(9000, 6667), "OFF-181"),
        ("15 Mo", dessin() + b"\0" * 15_000_000, "OFF-181"),
        ("position dedans", dessin(exif=exif(position=True)), "OFF-182"),
        ("position en PNG", png(800, 600, exif=GPS), "OFF-182"),
        ("coupée", dessin()[:4_000], "OFF-183"),
        ("en-tête sans image", jpeg(1600, 1200), "OFF-183"),
        ("page derrière un en-tête", jpeg(800, 600)[:-2] + b"<script>alert(1)</script>", "OFF-183"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_une_mauvaise_image_est_refusee_et_rien_n_est_ecrit(
    offre: Offre, nom: str, octets: bytes, code: str
) -> None:
    """Group 32 of the bad inputs."""
    del nom
    with pytest.raises(TableError, match=code):
        ajoute(offre, octets)
    assert not Photo.objects.exists()
    assert not default_storage.exists("photos") or not files()


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("", "OFF-185"), ("   ", "OFF-185"), ("IMG_2034.jpg", "OFF-185"), ("photo 1", "OFF-185"),
        ("x" * 161, "OFF-132"), ("Appelez le 06 12 34 56 78", "OFF-140"), ("<b>Séjour</b>", "OFF-130"),
        ("12345", "OFF-133"),
    ],
)  # fmt: skip
def test_une_photo_se_decrit(texte: str, code: str) -> None:
    assert code in {fault.code for fault in check_texte(texte)}


def test_un_bon_texte_passe() -> None:
    assert check_texte(TEXTE) == []


# --- The pictures of an offer -----------------------------------------------------------------------------


def test_la_meme_photo_deux_fois_n_est_pas_doublee(offre: Offre) -> None:
    first = ajoute(offre, dessin())
    kept = files()
    again = ajoute(offre, dessin(), "Séjour clair")
    assert (again.pk, Photo.objects.get().texte, files()) == (first.pk, "Séjour clair", kept)
    assert len(kept) == len(LARGEURS)
    assert first.fichier.rpartition("/")[2] not in str(first.pk)  # nobody guesses the one from the other


def test_l_ordre_suit_ce_qui_est_demande(offre: Offre) -> None:
    made = [ajoute(offre, dessin(teinte=10 * n), f"Pièce numéro {n}") for n in range(3)]
    ajoute(offre, dessin(teinte=200), "Façade sur rue", ordre=1)
    assert list(offre.photos.order_by("ordre").values_list("texte", flat=True)) == [
        "Façade sur rue", "Pièce numéro 0", "Pièce numéro 1", "Pièce numéro 2",
    ]  # fmt: skip
    photos.retirer(acteur="essai", offre=offre, empreinte=made[0].empreinte, source="page")
    assert list(offre.photos.order_by("ordre").values_list("ordre", flat=True)) == [1, 2, 3]


def test_pas_plus_de_douze(offre: Offre) -> None:
    content = dessin(500, 400)
    for n in range(12):
        ajoute(offre, content + bytes([n]))
    with pytest.raises(Exception, match="OFF-186"):
        ajoute(offre, content + b"z")
    assert Photo.objects.count() == 12


def test_retirer_efface_les_fichiers(offre: Offre, django_capture_on_commit_callbacks: Any) -> None:
    photo = ajoute(offre, dessin())
    with ecrit(django_capture_on_commit_callbacks):
        assert photos.retirer(acteur="essai", offre=offre, empreinte=photo.empreinte, source="page")
    assert files() == set()
    assert not photos.retirer(acteur="essai", offre=offre, empreinte=photo.empreinte, source="page")
    verbs = list(Evenement.objects.filter(verbe__startswith="photo.").values_list("verbe", flat=True))
    assert verbs == ["photo.ajouter", "photo.retirer"]


def test_les_photos_partent_avec_leur_offre_et_les_orphelins_avec_la_nuit(
    offre: Offre, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ajoute(offre, dessin())
    ecriture.retirer(acteur="essai", offre=offre, motif="pourvue", maintenant=MAINTENANT, source="page")
    orphan = default_storage.path("photos/ab/" + "0" * 32 + "-480.webp")
    Path(orphan).parent.mkdir(parents=True, exist_ok=True)
    Path(orphan).write_bytes(b"x")
    for days, kept in ((29, 1), (31, 0)):
        monkeypatch.setattr(tasks, "maintenant", lambda d=days: MAINTENANT + dt.timedelta(days=d))
        with ecrit(django_capture_on_commit_callbacks):
            tasks.purger_photos(timestamp=0)
        assert Photo.objects.count() == kept
    # The clock of the files is that of the machine, not the invented one: seen from a minute later.
    assert photos.ramasser(avant=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)) in {0, 1}
    assert files() == set()


def test_un_fichier_qui_vient_d_etre_ecrit_n_est_pas_un_orphelin(offre: Offre) -> None:
    """The row of a picture is written after its files: those of a write under way are left alone."""
    photo = ajoute(offre, dessin())
    Photo.objects.all().delete()
    assert photos.ramasser(avant=dt.datetime.now(dt.UTC) - dt.timedelta(days=1)) == 0
    assert default_storage.exists(file_of(photo.fichier, 480))


def test_la_sauvegarde_emporte_les_photos(offre: Offre) -> None:
    photo = ajoute(offre, dessin())
    kept = _uploads(Path(default_storage.path("")))
    assert {f"depots/{file_of(photo.fichier, width)}" for width in LARGEURS} <= set(kept)


def test_les_images_de_la_demonstration_sont_dessinees_et_passent_les_memes_controles(offre: Offre) -> None:
    assert peuplement._pictures() == len(SUJETS) == offre.photos.count()
    assert len({draw(subject, seed) for subject in SUJETS for seed in range(4)}) == 4 * len(SUJETS)
    assert all(check_photo(draw(subject, 0))[1] == [] for subject in SUJETS)


# --- For everybody ----------------------------------------------------------------------------------------


def test_une_photo_en_ligne_se_garde_pour_toujours_et_ne_pose_rien(offre: Offre, client: Client) -> None:
    photo = ajoute(offre, dessin())
    answer = client.get(f"/photos/{photo.pk}-480.webp", headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in answer
    assert not answer.cookies
    again = client.get(f"/photos/{photo.pk}-480.webp", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    for wrong in ("481", "0", "99999999999999"):
        assert client.get(f"/photos/{photo.pk}-{wrong}.webp").status_code == 404
    for path in (file_of(photo.fichier, 480), f"photos/{photo.pk}", f"depots/{photo.fichier}"):
        assert client.get(f"/{path}").status_code == 404


def test_la_page_de_l_offre_montre_ses_photos(offre: Offre, client: Client) -> None:
    made = [ajoute(offre, dessin(teinte=10 * n), f"Pièce « {n} »") for n in range(2)]
    page = client.get(f"/offres/{offre.pk}").content.decode()
    for photo in made:
        assert f'src="/photos/{photo.pk}-1200.webp"' in page
    assert 'alt="Pièce « 0 »" width="1200" height="900" fetchpriority="high"' in page
    assert 'alt="Pièce « 1 »" width="1200" height="900" loading="lazy"' in page
    given = client.get(f"/api/v1/offres/{offre.pk}").json()["photos"]
    assert [photo["texte"] for photo in given] == ["Pièce « 0 »", "Pièce « 1 »"]
    assert "empreinte" not in given[0]


def test_une_offre_hors_ligne_ne_montre_plus_ses_photos(offre: Offre, client: Client) -> None:
    photo = ajoute(offre, dessin())
    ecriture.retirer(acteur="essai", offre=offre, motif="pourvue", maintenant=MAINTENANT, source="page")
    assert client.get(f"/photos/{photo.pk}-480.webp").status_code == 404
    assert str(photo.pk) not in client.get(f"/offres/{offre.pk}").content.decode()
    assert client.get(f"/agents/offres/{offre.pk}/photos/{photo.pk}-480.webp").status_code == 302
    staff = agent(offre.organisme, Client())
    seen = staff.get(f"/agents/offres/{offre.pk}/photos/{photo.pk}-480.webp")
    assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-store")


# --- The page of the agent --------------------------------------------------------------------------------


def fichier(octets: bytes, nom: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets, "image/jpeg")


def test_un_agent_ajoute_plusieurs_photos_puis_les_range(offre: Offre, client: Client) -> None:
    agent(offre.organisme, client)
    path = f"/agents/offres/{offre.pk}/photos/"
    answer = client.post(
        path,
        {
            "fichier_1": fichier(dessin(teinte=1)), "texte_1": "Séjour",
            "fichier_3": fichier(dessin(teinte=2)), "texte_3": "Cuisine",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content
    one, two = offre.photos.order_by("ordre")
    page = client.get(path).content.decode()
    assert "2 photos sur 12" in page
    assert f"{path}{one.pk}-480.webp" in page
    body = {
        "ranger": "oui",
        f"texte_{one.pk}": "Séjour clair", f"ordre_{one.pk}": "2",
        f"texte_{two.pk}": "Cuisine", f"ordre_{two.pk}": "1",
    }  # fmt: skip
    assert client.post(path, body).status_code == 302
    assert list(offre.photos.order_by("ordre").values_list("texte", flat=True)) == ["Cuisine", "Séjour clair"]
    wrong = client.post(path, body | {f"ordre_{two.pk}": "2", f"texte_{two.pk}": ""})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("erreur-champ") == 3
    assert client.post(path, body | {f"retirer_{one.pk}": "on", f"texte_{one.pk}": ""}).status_code == 302
    assert [photo.texte for photo in offre.photos.all()] == ["Cuisine"]


def test_les_fautes_d_un_envoi_se_disent_toutes_et_rien_n_est_ecrit(offre: Offre, client: Client) -> None:
    agent(offre.organisme, client)
    answer = client.post(
        f"/agents/offres/{offre.pk}/photos/",
        {
            "fichier_1": fichier(dessin()), "texte_1": "",
            "fichier_2": fichier(b"<svg/>", "b.svg"), "texte_2": "Plan",
            "texte_3": "Cuisine",
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("La photo n&#x27;est pas décrite", "pas une photo JPEG", "Choisissez le fichier"):
        assert words.replace("&#x27;", "'") in page.replace("&#x27;", "'").replace("’", "'")
    assert 'value="Plan"' in page
    assert not Photo.objects.exists()
    assert client.post(f"/agents/offres/{offre.pk}/photos/", {}).status_code == 422


def test_les_photos_d_un_autre_bailleur_n_existent_pas(offre: Offre, client: Client) -> None:
    photo = ajoute(offre, dessin())
    agent(bailleur("552100554", "Autre"), client)
    for path in (
        f"/agents/offres/{offre.pk}/photos/",
        f"/agents/offres/{offre.pk}/photos/{photo.pk}-480.webp",
    ):
        assert client.get(path).status_code == 404
    envoie(bailleur("443061841", "Tiers"), [ligne(bailleur="443061841")])
    mine = Offre.objects.exclude(pk=offre.pk).get()
    staff = agent(mine.organisme, Client())
    assert staff.get(f"/agents/offres/{mine.pk}/photos/{photo.pk}-480.webp").status_code == 404
    other = {"ranger": "oui", f"retirer_{photo.pk}": "on"}
    staff.post(f"/agents/offres/{mine.pk}/photos/", other)
    assert Photo.objects.filter(pk=photo.pk).exists()


# --- The API ----------------------------------------------------------------------------------------------


class PorteApi:
    """The door of a landlord's program, for the pictures of ``L0``."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})
        self.path = f"/api/v1/bailleurs/{SIREN}/offres/L0/photos"

    def envoie(self, octets: bytes, **champs: Any) -> Any:
        return self.client.post(self.path, {"fichier": fichier(octets), "texte": TEXTE} | champs)


def test_un_programme_ajoute_lit_et_retire(offre: Offre) -> None:
    porte = PorteApi(cle(offre.organisme))
    sent = dessin()
    first, again = porte.envoie(sent), porte.envoie(sent)
    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert first.json()["empreinte"] == hashlib.sha256(sent).hexdigest()
    assert first.json() == again.json()
    assert porte.envoie(dessin(teinte=3), texte="Façade sur rue", ordre="1").status_code == 201
    listed = porte.client.get(porte.path).json()["photos"]
    assert [photo["texte"] for photo in listed] == ["Façade sur rue", TEXTE]
    gone = f"{porte.path}/{first.json()['empreinte']}"
    assert [porte.client.delete(gone).status_code for _ in range(2)] == [204, 204]
    assert Photo.objects.count() == 1


def test_un_programme_lit_tous_les_refus(offre: Offre) -> None:
    porte = PorteApi(cle(offre.organisme))
    answer = porte.envoie(dessin(exif=exif(position=True)), texte="IMG_1.jpg")
    assert answer.status_code == 422
    assert {problem["code"] for problem in answer.json()["problemes"]} == {"OFF-182", "OFF-185"}
    assert porte.client.post(porte.path, {"texte": TEXTE}).status_code == 422
    assert porte.envoie(dessin() + b"\0" * 15_000_000).status_code == 413
    assert porte.envoie(dessin(), ordre="0").status_code == 422
    assert porte.client.delete(f"{porte.path}/abc").status_code == 422
    reader = PorteApi(cle(offre.organisme, "offres:lire"))
    assert reader.envoie(dessin()).status_code == 403
    assert reader.client.get(reader.path).status_code == 200
    assert Client().get(porte.path).status_code == 401
    porte.path = porte.path.replace("L0", "ABSENTE")
    assert porte.envoie(dessin()).status_code == 404
    porte.path = porte.path.replace(SIREN, "552100554")
    assert porte.envoie(dessin()).status_code == 404
    assert not Photo.objects.exists()
