"""Invented examples of every part in all its states, for the page ``/composants`` and its tests."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from palier.web.components.dessin.attente import Attente
from palier.web.components.dessin.barres import Barre
from palier.web.components.dessin.carte import Cadre, Contour, Repere
from palier.web.components.dessin.histogramme import Histogramme
from palier.web.components.pieces import (
    Action,
    CarteOffre,
    ChampLibre,
    Chiffre,
    Choix,
    Colonne,
    Courrier,
    Critere,
    Echeance,
    Etape,
    Etat,
    Facade,
    Fait,
    GroupeChoix,
    GroupeCriteres,
    Lien,
    LigneMontant,
    Pages,
    PanneauCarte,
    Puce,
    Recherche,
    Retrait,
    Tableau,
    Vide,
)

TELEPHONE = "01 00 00 00 00"
LETTRE = """
<p>Madame, la commission a examiné votre dossier le jeudi 8 janvier 2026 pour ce logement :
trois-pièces de 63 m², quartier du Plateau, Marcilly-le-Haut, 497,20 € par mois, charges comprises.</p>
<section class="marche"><h2>Pourquoi</h2>
<p>Trois demandes ont été comparées. Deux étaient classées avant la vôtre.</p></section>
<section class="marche"><h2>Ce que vous pouvez faire, avant le lundi 16 mars 2026</h2>
<ul><li>Écrire à la présidente de la commission, à l'adresse ci-dessus.</li>
<li>Saisir le tribunal administratif, gratuitement et sans avocat.</li></ul></section>"""


class Essai(forms.Form):
    """A form with one field of each kind."""

    loyer = forms.IntegerField(
        label="Loyer maximum, charges comprises",
        error_messages={"invalid": "Écrivez un nombre, par exemple 650."},
    )
    naissance = forms.DateField(
        label="Date de naissance",
        help_text="Par exemple : 14 05 1988",
        error_messages={"invalid": "Le 31 février n'existe pas. Vérifiez le jour."},
    )
    motif = forms.ChoiceField(label="Motif", choices=[("a", "Mutation"), ("b", "Première demande")])
    acces = forms.MultipleChoiceField(
        label="Accès",
        choices=[("asc", "Ascenseur"), ("dou", "Douche de plain-pied")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    accord = forms.BooleanField(
        label="J'ai lu la règle", error_messages={"required": "Cochez la case pour continuer."}
    )
    remarque = forms.CharField(label="Remarque", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _freshness(mot: str, code: str = "fait") -> Etat:
    return Etat(code, mot)


def offres() -> list[CarteOffre]:
    """Return offers in their states: confirmed, to confirm, house, small group, new, reserved, premises."""
    rent = "par mois, charges comprises"
    return [
        CarteOffre(
            url="#o1",
            titre="Trois-pièces de 64 m²",
            lieu="Les Tanneries, Orlemont",
            facade=Facade("immeuble", 5, 2, True),
            description="Immeuble de 5 étages avec ascenseur, logement au 2e étage",
            faits=[
                Fait("buildings", "2e étage"),
                Fait("elevator", "ascenseur"),
                Fait("calendar", "libre le 1er avril 2026"),
            ],
            attente="412 demandes semblables, attente médiane 26 mois",
            prix_cent=50_880,
            prix_mention=rent,
            energie="C",
            etat=_freshness("Confirmé le 2 mars"),
            bailleur="Habitat du Grand Orle",
        ),
        CarteOffre(
            url="#o2",
            titre="Quatre-pièces de 81 m²",
            lieu="Bourg, Saint-Aubin-les-Prés",
            facade=Facade("maison"),
            description="Maison",
            faits=[
                Fait("house-line", "maison"),
                Fait("tree", "jardin de 90 m²"),
                Fait("calendar", "libre maintenant"),
            ],
            attente="96 demandes semblables, attente médiane 38 mois",
            prix_cent=61_745,
            prix_mention=rent,
            energie="D",
            etat=_freshness("Confirmé le 1er mars"),
            bailleur="Foyer des Coteaux",
            marques=["Nouveau"],
        ),
        CarteOffre(
            url="#o3",
            titre="Trois-pièces de 58 m²",
            lieu="Gare, Villeneuve-sur-Orle",
            facade=Facade("immeuble", 3, 3),
            description="Immeuble de 3 étages sans ascenseur, logement au 3e étage",
            faits=[
                Fait("buildings", "3e étage"),
                Fait("stairs", "sans ascenseur"),
                Fait("calendar", "libre le 15 mars 2026"),
            ],
            attente="218 demandes semblables, attente médiane 19 mois",
            prix_cent=47_210,
            prix_mention=rent,
            energie="E",
            etat=_freshness("À confirmer, vu le 21 février", "en_attente"),
            bailleur="Toit et Cité",
        ),
        CarteOffre(
            url="#o4",
            titre="Trois-pièces de 66 m²",
            lieu="Plateau, Marcilly-le-Haut",
            facade=Facade("immeuble", 4, 0, True),
            description="Immeuble de 4 étages avec ascenseur, logement au rez-de-chaussée",
            faits=[
                Fait("buildings", "rez-de-chaussée"),
                Fait("wheelchair", "accessible en fauteuil"),
                Fait("calendar", "libre le 1er mai 2026"),
            ],
            attente="Groupe trop petit pour un calcul",
            prix_cent=54_100,
            prix_mention=rent,
            energie="B",
            etat=_freshness("Confirmé aujourd'hui"),
            bailleur="Habitat du Grand Orle",
            marques=["Réservé aux étudiants"],
        ),
        CarteOffre(
            url="#o5",
            titre="Local d'activité de 140 m²",
            lieu="Centre, Orlemont",
            facade=Facade("local"),
            description="Local en pied d'immeuble",
            faits=[Fait("storefront", "rez-de-chaussée sur rue"), Fait("calendar", "libre maintenant")],
            prix_cent=118_000,
            prix_mention="par mois hors taxes, charges comprises",
            etat=_freshness("Confirmé le 27 février"),
            bailleur="Toit et Cité",
        ),
    ]


def _search() -> Recherche:
    natures = [
        Choix("location", "À louer", choisi=True),
        Choix("vente", "À acheter"),
        Choix("local", "Un local"),
    ]
    sizes = [Choix("", "toutes"), *(Choix(f"T{n}", f"{n} pièces (T{n})", choisi=n == 3) for n in range(2, 6))]
    return Recherche(
        action="#",
        natures=GroupeChoix("nature", "Que cherchez-vous ?", natures, plusieurs=False),
        lieu=ChampLibre("lieu", "Commune ou code postal", "Orlemont"),
        tailles=GroupeChoix("typologie", "Taille", sizes),
        loyer=ChampLibre("loyer_max", "Loyer maximum", "650", "€", mode="numeric"),
        note="Loyer par mois, charges comprises. Aucun compte n'est demandé pour chercher.",
    )


def _filters() -> dict[str, Any]:
    sizes = [
        Choix(f"T{n}", f"{n} pièce{'s' * (n > 1)} (T{n})", count, n in {3, 4})
        for n, count in ((1, 21), (2, 44), (3, 29), (4, 9))
    ]
    access = [
        Choix("rdc", "Ascenseur ou rez-de-chaussée", 26),
        Choix("douche", "Douche de plain-pied", 8),
        Choix("fauteuil", "Accessible en fauteuil", 5),
    ]
    return {
        "lieu": ChampLibre("ou", "Commune, code postal, adresse", "Orlemont", suggestions="/api/v1/lieux"),
        "autour": GroupeChoix(
            "autour", "Autour", [Choix("0", "la commune seule"), Choix("10", "jusqu'à 10 km", choisi=True)]
        ),
        "tailles": GroupeChoix("taille", "Taille", sizes),
        "loyer": ChampLibre("loyer", "Loyer maximum, charges comprises", "650", "€ par mois", mode="numeric"),
        "acces": GroupeChoix("acces", "Accès", access),
        "dpe": GroupeChoix("dpe", "Classe énergie au moins", [Choix("", "toutes"), Choix("C", "C")]),
        "tri": GroupeChoix("tri", "Trier par", [Choix("recent", "plus récents"), Choix("loyer", "loyer")]),
        "puces": [Puce("10 km", "#"), Puce("T3", "#"), Puce("T4", "#"), Puce("650 € au plus", "#")],
    }


def _tree() -> list[GroupeCriteres]:
    verified = Etat("verifie", "Vérifié", ", avis d'impôt 2025")
    return [
        GroupeCriteres(
            "Votre logement actuel",
            "Le plus fort des trois critères compte.",
            "20 points",
            [
                Critere(
                    "Hébergement chez un tiers",
                    "20",
                    ["Vous avez répondu : chez ma sœur, depuis octobre 2023."],
                    Etat("a_verifier", "À vérifier", ", attestation d'hébergement en cours"),
                ),
                Critere(
                    "Logement trop petit",
                    "0",
                    ["5 personnes pour 52 m². Le seuil est 43 m² : non atteint."],
                    nul=True,
                ),
                Critere(
                    "Fin de l'hébergement demandée par écrit",
                    "10",
                    ["Vaut 10 points, mais un critère plus fort est gardé."],
                    retenu=False,
                ),
            ],
        ),
        GroupeCriteres(
            "Votre situation",
            "Les critères s'additionnent, dans la limite de 30 points.",
            "22 points",
            [
                Critere("Parent seul, 2 enfants", "7", ["5 points, plus 1 par enfant."], verified),
                Critere(
                    "Travail à moins de 10 km", "15", ["Orlemont, contrat depuis le 3 mars 2025."], verified
                ),
            ],
        ),
        GroupeCriteres("Refus d'un logement adapté", "Aucun refus : rien n'est retiré.", "0 point"),
    ]


def _waits(vous: int | None) -> Attente:
    return Attente(
        9,
        26,
        58,
        72,
        "9 mois",
        "médiane 26 mois",
        "26 mois",
        "58 mois",
        "6 ans",
        vous,
        "vous" if vous is not None else "",
    )


def _map() -> PanneauCarte:
    ring = [(7.70, 48.55), (7.79, 48.54), (7.80, 48.61), (7.71, 48.62)]
    other = [(7.79, 48.54), (7.90, 48.55), (7.88, 48.62), (7.80, 48.61)]
    return PanneauCarte(
        nom="Carte : 38 logements autour d'Orlemont, dont 12 aux Tanneries",
        cadre=Cadre(7.70, 48.54, 7.90, 48.62),
        contours=[
            Contour("Orlemont", [ring], (7.745, 48.60)),
            Contour("Villeneuve-sur-Orle", [other], (7.85, 48.605)),
        ],
        reperes=[
            Repere(7.745, 48.575, 12, "12 logements aux Tanneries", "#z"),
            Repere(7.772, 48.588, 3, "3 logements à la Gare", "#z"),
            Repere(7.84, 48.578, 1, "Trois-pièces de 58 m², Villeneuve", "#o3"),
            Repere(7.86, 48.59, 1, "Trois-pièces de 64 m², choisi", "#o1", choisi=True),
        ],
        boutons=[
            Lien("Voir de plus près", "#plus", "plus"),
            Lien("Voir de plus loin", "#moins", "minus"),
            Lien("Revenir au début", "#debut", "crosshair"),
        ],
        points="/offres.geojson",
        lignes="/contours.geojson",
    )


def contexte(dense: bool = False) -> dict[str, Any]:
    """Return the context of the page ``/composants``."""
    wrong = Essai({"loyer": "six cents", "naissance": "31 02 1988", "motif": "a", "acces": ["asc"]})
    states = [
        Etat("fait", "Vérifié", ", le 9 janvier 2026"),
        Etat("verifie", "Points vérifiés", ", le 12 janvier 2026"),
        Etat("a_vous", "Attribué, rang 1", ", le 26 février 2026"),
        Etat("en_attente", "À confirmer", ", vu le 21 février 2026"),
        Etat("a_verifier", "Provisoire", ", 20 points à vérifier"),
        Etat("attention", "À surveiller", ", il en manque 2"),
        Etat("ecarte", "Écarté", ", le 2 décembre 2025"),
        Etat("non_examine", "Non examiné", ", reporté au 7 mai 2026"),
        Etat("attente", "Attente", ", 26 mois"),
        Etat("info", "Calcul masqué", ", moins de 11 demandes comparables"),
        Etat("bloque", "Refusé par le système", ", pièce illisible, le 2 mars 2026"),
    ]
    steps = ["Demande déposée", "Pièces vérifiées", "Dossier proposé", "Commission"]
    said = [
        "le 3 mai 2024",
        "le 9 janvier 2026",
        "par Habitat du Grand Orle, le 30 janvier 2026",
        "rang 1, le 26 février 2026",
    ]
    six = [
        ("Je dépose ma demande", "En ligne, au guichet ou sur papier. Je reçois un numéro unique."),
        ("Mes points sont comptés", "La règle est publique. Je vois chaque ligne."),
        ("Un logement se libère", "Un réservataire ou le bailleur propose au moins trois demandes."),
        ("La commission décide", "Elle examine chaque dossier et motive sa décision."),
        ("Je réponds", "J'ai au moins 10 jours. Sans réponse, c'est un refus."),
        ("Je signe le bail", "Ma demande est close. J'emménage."),
    ]
    counts = [2, 4, 5, 8, 11, 14, 17, 20, 22, 24, 27, 29, 32, 34, 35, 35, 36, 35, 33, 37, 33, 27, 21, 14, 9]
    return {
        "base": "base_dense.html" if dense else "base.html",
        "chemin": [
            Lien("Accueil", "#"),
            Lien("Logements à louer, Orlemont", "#"),
            Lien("Planche des composants", ""),
        ],
        "bascule": [Lien("Liste", "#", "list-bullets", True), Lien("Carte", "#", "map-trifold")],
        "menu": [Lien("Ma liste", "#", courant=True), Lien("Offres", "#"), Lien("Imports", "#")],
        "etats": states,
        "offres": offres(),
        "recherche": _search(),
        "filtre": _filters(),
        "caches": [("ou", "Orlemont")],
        "pages": Pages("1 à 5 sur 38", suite="#suite"),
        "pages_fin": Pages("21 à 38 sur 38", debut="#debut"),
        "echeances": [
            Echeance(21, "jusqu'au mardi 24 mars 2026, à minuit", "Sans réponse, c'est un refus."),
            Echeance(2, "jusqu'au jeudi 5 mars 2026, à minuit", "Sans réponse, c'est un refus.", TELEPHONE),
            Echeance(0, "dernier jour, aujourd'hui à minuit", "Sans réponse, c'est un refus.", TELEPHONE),
            Echeance(-1, "le délai est passé depuis le 2 mars 2026", "Vous pouvez écrire à la commission."),
        ],
        "montants": [LigneMontant("Loyer hors charges", 41_230), LigneMontant("Charges (provision)", 9_650)],
        "montant_total": LigneMontant("Par mois, charges comprises", 50_880),
        "reste": [
            LigneMontant("Loyer et charges", 50_880),
            LigneMontant("Aide au logement", -21_400, True),
            LigneMontant("Énergie", 7_800, True),
        ],
        "reste_total": LigneMontant("Ce qui resterait à payer", 37_280, True),
        "etapes": [
            *(Etape(titre, texte) for titre, texte in zip(steps, said, strict=True)),
            Etape("Votre réponse", "avant le jeudi 12 mars 2026", "maintenant"),
            Etape("Visite et bail", "si vous acceptez : avant le 1er avril 2026", "a_venir"),
        ],
        "six": [Etape(titre, texte) for titre, texte in six],
        "groupes": _tree(),
        "attente": _waits(None),
        "attente_vous": _waits(22),
        "attente_serree": Attente(
            2, 3, 5, 72, "2 mois", "médiane 3 mois", "3 mois", "5 mois", "6 ans", 70, "vous"
        ),
        "histogramme": Histogramme(counts, "10 points", "85 points", 18, "vous"),
        "histogramme_seul": Histogramme(counts[:12], "0 mois", "36 mois"),
        "barres": [
            Barre("Orlemont", 26, "26 mois", ici=True),
            Barre("Villeneuve-sur-Orle", 19, "19 mois"),
            Barre("Marcilly-le-Haut", 38, "38 mois"),
        ],
        "panneau": _map(),
        "tableau": Tableau(
            [
                Colonne("Commune"),
                Colonne("Ménages", True),
                Colonne("Part", True),
                Colonne("État"),
                Colonne("Suite"),
            ],
            [
                [
                    "Orlemont, Les Tanneries nord",
                    "96",
                    "71 %",
                    Etat("fait", "Confirmé", ", le 2 mars"),
                    Lien("Voir", "#"),
                ],
                [
                    "Marcilly-le-Haut, Plateau",
                    "38",
                    "63 %",
                    Etat("en_attente", "À confirmer", ", vu le 21 février"),
                    Lien("Voir", "#"),
                ],
            ],
            "Enquête 2024, au 1er janvier",
            ["Ensemble", "134", "67 %", "", ""],
        ),
        "vide": Vide(
            "Aucun logement ne remplit vos 4 filtres",
            "Deux filtres retirent le plus de logements :",
            [
                Retrait("sans « 450 € au plus » : 12 logements", "#"),
                Retrait("sans « accessible en fauteuil » : 5 logements", "#"),
            ],
            Action("Me prévenir par e-mail", "#", "bell"),
        ),
        "form": wrong,
        "form_libre": Essai(auto_id="libre_%s"),
        "panne": Etat("info", "Le calcul des positions est arrêté", " depuis 8 h 40, le 3 mars 2026."),
        "panne_lien": Lien("État du service", "#"),
        "facile": [
            Fait("key", "On vous propose un logement."),
            Fait("calendar-check", "Vous devez répondre avant le jeudi 12 mars 2026."),
            Fait("phone", f"Vous pouvez téléphoner : {TELEPHONE}."),
        ],
        "actions": [Action("Action seconde", "#"), Action("Imprimer", "#", "printer")],
        "chiffres": [
            Chiffre("1 284", "logements à louer"),
            Chiffre("86", "logements à acheter, dont 31 en bail réel solidaire"),
            Chiffre("23", "locaux pour travailler"),
            Chiffre(
                "94 %", "des annonces confirmées depuis moins de 7 jours.", lien=Lien("Notre mesure", "#")
            ),
        ],
        "faits_offre": [
            Fait("buildings", "2e étage sur 5"),
            Fait("elevator", "Ascenseur"),
            Fait("bed", "2 chambres"),
            Fait("shower", "Douche à l'italienne"),
            Fait("calendar", "Libre le 1er avril 2026"),
            Fait("bus", "Arrêt de bus à 150 m"),
            Fait("bicycle", "Local vélos"),
        ],
        "chances": [
            Chiffre("412", "demandes de T3 à Orlemont"),
            Chiffre("31", "T3 libérés à Orlemont en 12 mois"),
            Chiffre("118", "votre position, points vérifiés ou non", "sur 412"),
        ],
        "fiche": [
            {"libelle": "Entrée de l'immeuble", "etat": Etat("fait", "Sans marche, porte automatique")},
            {"libelle": "Portes du logement", "etat": Etat("fait", "83 cm")},
            {"libelle": "Aire de giration", "etat": Etat("attention", "Salon oui, cuisine non : 120 cm")},
            {"libelle": "Boucle magnétique", "texte": "non connu"},
        ],
        "portes": [
            {
                "icone": "key",
                "titre": "Chercher un logement",
                "url": "#",
                "texte": "Louer, acheter, trouver un local. Être prévenu par e-mail, sans compte.",
            },
            {
                "icone": "footprints",
                "titre": "Suivre ma demande",
                "url": "#",
                "texte": "Mes points, ma position, ma prochaine date. Répondre à une proposition.",
            },
            {
                "icone": "scales",
                "titre": "Comprendre les règles",
                "url": "#",
                "texte": "Qui propose, qui décide, comment les points sont comptés dans ma commune.",
            },
        ],
        "corps": mark_safe(LETTRE),  # noqa: S308 - constant
        "courrier": Courrier(
            ["Habitat du Grand Orle", "Commission d'attribution", "4 quai des Tanneurs", "99000 Orlemont"],
            ["Madame Nadia B.", "12 rue du Moulin", "99120 La Roche-Orle"],
            "Orlemont, le jeudi 15 janvier 2026",
            "Demande n° 099 0524 004127 G2104",
            "Le logement a été attribué à une autre personne",
            "La présidente de la commission",
            [
                f"Une question ? Appelez le {TELEPHONE}, du lundi au vendredi, de 9 h à 17 h.",
                "Dites le code 7F3A 91C2.",
            ],
        ),
        "jour": date(2026, 3, 1),
        "part": Fraction(94, 100),
    }
