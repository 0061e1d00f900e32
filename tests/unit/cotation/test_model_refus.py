"""What the reader refuses: each row is one mistake, its code and words of its message."""

from __future__ import annotations

import pytest

from tests.unit.cotation.gabarit import ENTETE, lue, refus, texte

B = "bandes: [{moins_de: 3, points: 0}, {des: 3, points: 1}]"
F = "criteres: {x: {si: {age: 3}, points: 1}}"
R = "rapport: [loyer_net_cent, ressources_mensuelles_cent]"

CRITERES = [
    # one criterion, codes, words
    ("x: 3", "012", "Le critère « x » devrait être un bloc"),
    ("x: [1]", "012", "Vous avez écrit une liste entre crochets"),
    ("x: {}", "011 011", "Il manque « si »"),
    ("x: {si: {dalo: reconnu}}", "011", "Il manque « points »"),
    ("x: {points: 3}", "011", "Il manque « si »"),
    ("x: {si: {dalo: reconnu}, points: }", "012", "est vide"),
    ("x: {si: {dalo: reconnu}, points: beaucoup}", "012", "« beaucoup » n'est pas un nombre"),
    ("x: {si: {dalo: reconnu}, points: 1/2}", "015", "n'est pas un nombre entier"),
    ("x: {si: {dalo: reconnu}, points: 1000000}", "015", "dépasse 999 999"),
    ("x: {si: {dalo: reconnu}, points: 12345678901}", "015", "a trop de chiffres"),
    ("x: {si: {dalo: reconnu}, points: [1]}", "012", "devrait être un mot ou un nombre"),
    ("X-1: {si: {dalo: reconnu}, points: 1}", "019", "ne peut pas servir de nom"),
    ("x: {si: {}, points: 1}", "012", "est vide"),
    ("x: {si: dalo, points: 1}", "012", "devrait être un bloc"),
    ("x: {si: {dalos: reconnu}, points: 1}", "013", "Vouliez-vous dire « dalo »"),
    ("x: {si: {zzzzzz: 1}, points: 1}", "013", "page « Tables et colonnes »"),
    ("x: {si: {dalo: reconu}, points: 1}", "014", "Vouliez-vous dire « reconnu »"),
    ("x: {si: {dalo: zzzz}, points: 1}", "014", "Codes admis"),
    ("x: {si: {dalo: [reconnu]}, points: 1}", "018", "{parmi: […]}"),
    ("x: {si: {dalo: {contient: reconnu}}, points: 1}", "018", "{parmi: […]}"),
    ("x: {si: {dalo: {parmi: []}}, points: 1}", "012", "La liste de codes"),
    ("x: {si: {dalo: {parmi: [reconnu, {a: b}]}}, points: 1}", "012", "devrait être"),
    ("x: {si: {motifs: sante}, points: 1}", "018", "{contient: code}"),
    ("x: {si: {handicap: peut-être}, points: 1}", "018", "Écrivez oui ou non"),
    ("x: {si: {handicap: {des: 1}}, points: 1}", "018", "oui ou non"),
    ("x: {si: {age: vieux}, points: 1}", "012", "n'est pas un nombre"),
    ("x: {si: {age: }, points: 1}", "012", "est vide"),
    ("x: {si: {age: {des: 3, plus_de: 4}}, points: 1}", "016", "deux bornes du même côté"),
    ("x: {si: {age: {jusqu_a: 3, moins_de: 4}}, points: 1}", "016", "jusqu_a et moins_de"),
    ("x: {si: {age: {}}, points: 1}", "016", "n'a aucune borne"),
    ("x: {si: {age: {plus: 3}}, points: 1}", "010 016", "Vouliez-vous dire « plus_de »"),
    ("x: {si: {age: {des: 3 €}}, points: 1}", "016", "Retirez « € »"),
    ("x: {si: {age: {des: [3]}}, points: 1}", "012", "devrait être"),
    ("x: {si: {age: {des: trois}}, points: 1}", "012", "33 % ou 500 €"),
    ("x: {si: {age: {des: 5000000000}}, points: 1}", "015", "trop de chiffres"),
    ("x: {si: {age: {des: 0.1234567}}, points: 1}", "015", "six décimales"),
    ("x: {si: {loyer_cent: {des: 500,50 €}}, points: 1}", "010 016", "entre guillemets"),
    ("x: {si: {loyer_cent: {des: 500}}, points: 1}", "016", "avec « € »"),
    ("x: {si: {loyer_cent: 500 €}, points: 1}", "018", "des bornes en euros"),
    ("x: {si: {naissance: 2000-01-01}, points: 1}", "018", "{connu: oui} seulement"),
    ("x: {si: {naissance: {des: 2000-01-01}}, points: 1}", "018", "{connu: oui} seulement"),
    ("x: {si: {naissance: {connu: si}}, points: 1}", "012", "Choisissez : oui, non"),
    ("x: {si: {tous: [{dalo: reconnu}]}, points: 1}", "012", "au moins deux conditions"),
    ("x: {si: {un_de: {dalo: reconnu}}, points: 1}", "012", "devrait être une liste"),
    ("x: {si: {un_de: [{dalo: reconnu}, {dalo: zzz}]}, points: 1}", "014", "n'est pas un code"),
    ("x: {si: {non: {dalo: zzz}}, points: 1}", "014", "n'est pas un code"),
    ("x: {si: {rapport: [loyer_cent], des: 1}, points: 1}", "012", "demande deux colonnes"),
    ("x: {si: {rapport: [loyer_cent, dalo], des: 1}, points: 1}", "018", "ne convient pas"),
    ("x: {si: {rapport: [loyer_cent, loyer_cent], des: 1}, points: 1}", "048", "par elle-même"),
    ("x: {si: {rapport: [loyer_cent, loyer_max_cent]}, points: 1}", "016", "aucune borne"),
    ("x: {si: {rapport: [loyer_cent, loyer_max_cent], des: 33 €}, points: 1}", "016", "Retirez « € »"),
    ("x: {si: {rapport: [loyer_cent, nb_personnes], des: 33}, points: 1}", "016", "avec « € »"),
    ("x: {si: {rapport: [loyer_cent, loyer_max_cent], des: 1, age: 3}, points: 1}", "010", "« age: »"),
    ("x: {si: {age: {des: {par: [zone]}}}, points: 1}", "017", "zéro ou deux tables"),
    ("x: {si: {age: {des: {loi: a, table: b, par: [zone]}}}, points: 1}", "017", "zéro ou deux tables"),
    ("x: {si: {age: {des: {loi: a, par: [naissance]}}}, points: 1}", "018", "ne convient pas"),
    ("x: {si: {age: {des: {loi: [a], par: [zone]}}}, points: 1}", "012", "devrait être"),
    # scales
    ("x: {colonne: age, points: 3}", "010 011", "Il manque « bandes »"),
    ("x: {bandes: []}", "011 011", "n'a aucune bande"),
    ("x: {colonne: age, bandes: []}", "011", "n'a aucune bande"),
    ("x: {colonne: age, bandes: 3}", "012", "devrait être une liste"),
    (f"x: {{{B}}}", "011", "doit lire une colonne ou un rapport"),
    (f"x: {{colonne: age, {R}, {B}}}", "011", "doit lire une colonne ou un rapport"),
    (f"x: {{colonne: dalo, {B}}}", "018", "ne convient pas"),
    (f"x: {{colonne: [age], {B}}}", "012", "devrait être"),
    ("x: {colonne: age, bandes: [3]}", "012", "La bande 1"),
    ("x: {colonne: age, bandes: [{des: 3}]}", "011", "Il manque « points » dans la bande 1"),
    ("x: {colonne: age, bandes: [{points: 3}]}", "016", "n'a aucune borne"),
    # by unit
    ("x: {par: mois, points: 1, depuis: date_depot_initial}", "011", "Il manque « entame »"),
    ("x: {par: mois, entame: non, depuis: date_depot_initial}", "011", "Il manque « points »"),
    ("x: {par: mois, entame: non, points: 1}", "011", "Il manque « depuis »"),
    ("x: {par: 1, entame: non, points: 1}", "011", "Il manque « colonne »"),
    ("x: {par: mois, entame: non, points: 1, depuis: age}", "018", "de type date"),
    ("x: {par: 1, entame: non, points: 1, colonne: dalo}", "018", "ne convient pas"),
    ("x: {par: 0, entame: non, points: 1, colonne: age}", "016", "doit être positif"),
    ("x: {par: 100, entame: non, points: 1, colonne: loyer_cent}", "016", "Écrivez par: 100 €"),
    ("x: {par: 100 €, entame: non, points: 1, colonne: age}", "016", "Retirez « € »"),
    ("x: {par: lune, entame: non, points: 1, colonne: age}", "016", "« par: lune » du critère"),
    ("x: {par: an, entame: non, points: 1, depuis: dalo_date}", "016", "Écrivez « par: annee »"),
    ("x: {par: Année, entame: non, points: 1, depuis: dalo_date}", "016", "Écrivez « par: annee »"),
    ("x: {par: enfant, entame: non, points: 1, colonne: nb_mineurs}", "016", "« par: 1 » et leur nombre"),
    ("x: {si: {nombre de personnes: 3}, points: 1}", "013", "écrivez « nb_personnes »"),
    ("x: {si: {Vie en couple: oui}, points: 1}", "013", "Pour « Vie en couple », écrivez « en_couple »"),
    ("x: {par: [1], entame: non, points: 1, colonne: age}", "012", "devrait être"),
    ("x: {par: 1, entame: moitié, points: 1, colonne: age}", "012", "Choisissez : oui, non"),
    # events
    ("x: {compte: offre_refusee}", "011", "Il manque « points »"),
    ("x: {compte: offre_refuse, points: -1}", "014", "Vouliez-vous dire « offre_refusee »"),
    ("x: {compte: [a], points: -1}", "012", "devrait être"),
    ("x: {compte: absence, points: -1, ou: {adapte: oui}}", "010", "Vouliez-vous dire « adaptee »"),
    ("x: {compte: absence, points: -1, a_partir_de: 0}", "016", "commence à 1"),
    ("x: {compte: absence, points: -1, fenetre: longtemps}", "016", "24 mois"),
    ("x: {compte: absence, points: -1, fenetre: 700 mois}", "016", "illisible"),
    ("x: {compte: absence, points: -1, fenetre: -3 mois}", "016", "illisible"),
    ("x: {cumul: jour, gagne: 1, bornes: [0, 3]}", "012", "Choisissez : mois"),
    ("x: {cumul: mois, bornes: [0, 3]}", "011", "Il manque « gagne »"),
    ("x: {cumul: mois, gagne: 1}", "023", "deux bornes croissantes"),
    ("x: {cumul: mois, gagne: 1, bornes: [3, 0]}", "023", "deux bornes croissantes"),
    ("x: {cumul: mois, gagne: 1, bornes: [1, 3]}", "023", "ne contiennent pas 0"),
    ("x: {cumul: mois, gagne: 1, bornes: [0, 3], depuis: age}", "018", "de type date"),
    ("x: {cumul: mois, gagne: 1, bornes: [0, 3], evenements: {absense: -1}}", "014", "« absence »"),
    ("x: {cumul: mois, gagne: 1, bornes: [0, 3], evenements: {absence: x}}", "012", "n'est pas un nombre"),
    ("x: {cumul: mois, gagne: 1, bornes: [0, 3], evenements: {absence: }}", "012", "est vide"),
    # what every criterion may hold
    ("x: {si: {dalo: reconnu}, points: 1, preuve: témoin}", "012", "Choisissez : declare"),
    ("x: {si: {dalo: reconnu}, points: 1, faits: dal}", "014", "n'est pas un code"),
    ("x: {si: {dalo: reconnu}, points: 1, absent: rien}", "012", "Choisissez : manque"),
    ("x: {si: {dalo: reconnu}, points: 1, priorite: z}", "014", "n'est pas un public"),
    ("x: {si: {dalo: reconnu}, points: 1, fige: date_depot_initial}", "024", "ne dépend pas du temps"),
    ("x: {si: {age: {des: 1}}, points: 1, fige: dalo}", "018", "de type date"),
    ("x: {si: {dalo: reconnu}, points: 1, plafond: haut}", "012", "n'est pas un nombre"),
    (f"x: {{colonne: age, {B}, si: {{dalo: zzz}}}}", "014", "n'est pas un code"),
    # grounds and places
    ("x: {si: {nationalite: fr}, points: 1}", "037", "un motif que la loi interdit"),
    ("x: {si: {nb_a_naitre: {des: 1}}, points: 1}", "037", "un motif que la loi interdit"),
    ("x: {si: {religions: x}, points: 1}", "037", "un motif que la loi interdit"),
    ("x: {si: {orientation_sexuelle: x}, points: 1}", "037", "un motif que la loi interdit"),
    ("x: {si: {état_de_santé: x}, points: 1}", "037", "un motif que la loi interdit"),
    ("x: {par: mois, entame: non, points: 1, depuis: titre_sejour_au}", "037", "loi n° 2008-496"),
    ("x: {si: {bailleur_siren: \"123456789\"}, points: 1}", "039", "tous les bailleurs"),
    ("x: {si: {numero_bail: [a]}, points: 1}", "039", "tous les bailleurs"),
    ("x: {si: {logement_commune: {parmi: [\"67482\"]}}, points: 1}", "039", "toutes les communes"),
    ("x: {si: {localisations: {contient: \"67482\"}}, points: 1}", "039", "toutes les communes"),
    ("x: {si: {age: {des: {table: t, par: [commune_travail]}}}, points: 1}", "039", "toutes les communes"),
]  # fmt: skip

FAMILLES = [
    ("f: 3", "012", "La famille « f » devrait être un bloc"),
    ("f: {criteres: {x: {si: {dalo: reconnu}, points: 1}}}", "011", "Il manque « regle »"),
    ("f: {regle: total, criteres: {x: {si: {dalo: reconnu}, points: 1}}}", "012", "Choisissez : somme"),
    ("f: {regle: somme}", "011", "Il manque « criteres »"),
    ("f: {regle: somme, criteres: {}}", "011", "Il manque « criteres »"),
    ("f: {regle: somme, criteres: [x]}", "012 011", "devrait être un bloc"),
    ("f: {regle: somme, plafon: 3, criteres: {x: {si: {dalo: reconnu}, points: 1}}}", "010", "« plafond »"),
    ("f: {regle: somme, criteres: {g: {regle: somme, criteres: {}}}}", "011", "dans la famille « g »"),
    ("f: {regle: somme, criteres: {dalo_reconnu: {si: {age: 3}, points: 1}}}", "021", "déjà ligne 13"),
    ("f: {regle: choix}", "011 011 011", "Il manque « colonne »"),
    ("f: {regle: choix, colonne: age, cases: {}, autres: 0}", "018", "de type code"),
    ("f: {regle: choix, colonne: [dalo], cases: {}, autres: 0}", "012", "devrait être"),
    ("f: {regle: choix, colonne: bailleur_siren, cases: {}, autres: 0}", "039", "tous les bailleurs"),
    ("f: {regle: choix, colonne: dalo, cases: [reconnu], autres: 0}", "012", "devrait être un bloc"),
    ("f: {regle: choix, colonne: dalo, cases: {recons: 3}, autres: 0}", "014", "n'est pas un code"),
    ("f: {regle: choix, colonne: dalo, cases: {reconnu: x}, autres: 0}", "012", "n'est pas un nombre"),
    ("f: {regle: choix, colonne: dalo, cases: {reconnu: 3}, autres: x}", "012", "n'est pas un nombre"),
    ("f: {regle: choix, colonne: dalo, cases: {reconnu: 3}, autres: 0, critere: {}}", "010", "« critere: »"),
    (f"f: {{regle: somme, facteur: {{si: 1}}, {F}}}", "012", "une liste"),
    (f"f: {{regle: somme, facteur: [3], {F}}}", "012", "Un facteur"),
    (f"f: {{regle: somme, facteur: [{{}}], {F}}}", "011 011", "« fois »"),
    (
        f"f: {{regle: somme, facteur: [{{si: {{age: 3}}, fois: 0}}], {F}}}",
        "022",
        "positif et simple",
    ),
    (
        f"f: {{regle: somme, facteur: [{{si: {{age: 3}}, fois: 1/9999}}], {F}}}",
        "022",
        "positif et simple",
    ),
]

SYSTEMES = [
    ("libelle: [x]", "012", "devrait être un mot"),
    ("classe: []", "010", "« classes »"),
    ("sans: [priorites]", "028", "« sans » mais pas « comme »"),
    ("comme: secondo", "028", "reprend un système inconnu"),
    ("si: {dalo: zzz}", "014", "n'est pas un code"),
    ("classes: {id: a}", "012", "devrait être une liste"),
    ("classes: [a]", "012", "devrait être un bloc"),
    ("classes: [{si: {dalo: reconnu}}]", "011", "Il manque « id »"),
    ("classes: [{id: }]", "012", "est vide"),
    ("classes: [{id: a, si: {}}]", "012", "est vide"),
    ("force: [a]", "012", "devrait être un bloc"),
    ("force: [{}]", "011 011 011", "Il manque « total »"),
    ("force: [{id: a, si: {dalo: zzz}, total: 3}]", "014", "n'est pas un code"),
]

RACINES = [
    ("zones: 3", "010", "« zones: » n'est pas prévu dans la grille"),
    ("absent: jamais", "012", "Choisissez : manque"),
    ("cadre: belge", "012", "Choisissez : france"),
    ("total: 300", "012", "devrait être un bloc"),
    ("total: {arrondi: bancaire}", "012", "demi_haut"),
    ('communes: ["1004"]', "026", "n'est pas un code commune"),
    ("communes: [[a]]", "012", "devrait être"),
    ("departage: [date_depot]", "013", "« date_depot_initial »"),
    ("departage: [age, numero_unique]", "013", "ne peut pas départager"),
    ("departage: [nom, numero_unique]", "037", "un motif que la loi interdit"),
    ("departage: [-bailleur_siren, numero_unique]", "039", "tous les bailleurs"),
    ("departage: [[a], numero_unique]", "012", "devrait être"),
    ("hors_champ: {si: 1}", "012", "devrait être une liste"),
    ("hors_champ: [x]", "012", "devrait être un bloc"),
    ("hors_champ: [{}]", "011 011", "Il manque « motif »"),
    ("hors_champ: [{si: {label_anru: oui}, motif: radiee}]", "027", "est réservé"),
    ("hors_champ: [{si: {label_anru: oui}, motif: Relogé}]", "019", "ne peut pas servir de nom"),
    ("tables: [a]", "012", "devrait être un bloc"),
    ("tables: {t: 3}", "012", "devrait être un bloc"),
    ("tables: {t: {}}", "011 011", "Il manque « valeurs » dans la table « t »"),
    ("tables: {t: {par: [zone], valeurs: {}}}", "017", "est vide"),
    ("tables: {t: {par: [], valeurs: 3}}", "017", "n'a pas de « par »"),
    ("tables: {t: {par: [zone], valeurs: {idf: x}}}", "012", "n'est pas un nombre"),
    ("tables: {t: {par: [zone], valeurs: {idf: {a: 3}}}}", "012", "devrait être un mot"),
    (
        "tables: {t: {par: [zone, age], valeurs: {idf: {3: 1}, autres: 3}}}",
        "017",
        "il manque un étage à « autres »",
    ),
    ("exemples: [x]", "012", "devrait être un bloc"),
    ("exemples: [{}]", "011 011 011", "Il manque « demande »"),
    ("exemples: [{nom: a, au: demain, demande: {}}]", "012", "n'est pas une date"),
    ("exemples: [{nom: a, au: 2026-01-01, demande: {age: {x: 3}}}]", "012", "devrait être un mot"),
    ("exemples: [{nom: a, au: 2026-01-01, demande: {motifs: [{x: 3}]}}]", "012", "devrait être un mot"),
    ("exemples: [{nom: a, au: 2026-01-01, demande: {}, points: {x: y}}]", "012", "n'est pas un nombre"),
]

ENTETES = [
    # replaced in the header, by what, codes, words
    ("palier: grille/1", "palier: grille/2", "012", "Choisissez : grille/1"),
    ("palier: grille/1\n", "", "011", "Il manque « palier »"),
    ("id: essai", "id: Essai", "019", "ne peut pas servir de nom"),
    ("id: essai\n", "", "011", "Il manque « id »"),
    ("completude: complete\n", "", "011", "Il manque « completude »"),
    ("246700488", "2467", "026", "n'est ni un SIREN"),
    ("{du: 2026-01-01, statut: adoptee}", "2026", "012", "devrait être un bloc"),
    ("{du: 2026-01-01, statut: adoptee}", "{statut: adoptee}", "011", "Il manque « du »"),
    ("du: 2026-01-01", "du: 2026-02-30", "012", "n'est pas une date"),
    ("statut: adoptee", "statut: votee", "012", "Choisissez : brouillon"),
    ("statut: adoptee", "statut: adoptee, remplace: 2027-01-01", "025", "postérieure"),
    ("le: 2025-11-14", "le: 2026-11-14", "025", "postérieure à l'application"),
    ('{texte: "délibération inventée", le: 2025-11-14}', "oui", "012", "devrait être un bloc"),
    ('texte: "délibération inventée", ', "", "011", "Il manque « texte »"),
]

TEXTES = [
    ("", "001", "vide"),
    ("a: [", "001", "La mise en page du fichier"),
    ("[a]", "012", "La grille devrait être un bloc"),
    ("a: &x 1\n", "003", "renvois"),
    (ENTETE, "011", "Il manque « systemes »"),
    (ENTETE + "systemes: {}\n", "011", "Il manque « primo »"),
    (ENTETE + "systemes: {primo: }\n", "012", "devrait être un bloc"),
    (ENTETE + "systemes: {primo: {si: {age: 3}}}\n", "011", "Il manque « familles »"),
    (ENTETE + "systemes: {Primo: {familles: {}}}\n", "019", "ne peut pas servir de nom"),
    (
        ENTETE + "systemes: {primo: {familles: {}}, mutation: {comme: primo, sans: [logement]}}\n",
        "028",
        "retire une famille inconnue",
    ),
]  # fmt: skip


def _judge(text: str, codes: str, words: str) -> None:
    problems = refus(text)
    assert sorted(p.code for p in problems) == sorted(f"COT-{c}" for c in codes.split()), problems
    assert any(words in str(p) for p in problems), "\n".join(map(str, problems))
    assert all(p.ou.startswith("essai.yaml, ligne ") for p in problems)


@pytest.mark.parametrize(("critere", "codes", "words"), CRITERES)
def test_a_wrong_criterion_is_refused(critere: str, codes: str, words: str) -> None:
    _judge(texte(critere), codes, words)


@pytest.mark.parametrize(("famille", "codes", "words"), FAMILLES)
def test_a_wrong_family_is_refused(famille: str, codes: str, words: str) -> None:
    _judge(texte(famille=famille), codes, words)


@pytest.mark.parametrize(("systeme", "codes", "words"), SYSTEMES)
def test_a_wrong_system_is_refused(systeme: str, codes: str, words: str) -> None:
    _judge(texte(systeme=systeme), codes, words)


@pytest.mark.parametrize(("racine", "codes", "words"), RACINES)
def test_a_wrong_setting_is_refused(racine: str, codes: str, words: str) -> None:
    _judge(texte(racine=racine), codes, words)


@pytest.mark.parametrize(("before", "after", "codes", "words"), ENTETES)
def test_a_wrong_header_is_refused(before: str, after: str, codes: str, words: str) -> None:
    assert before in ENTETE
    _judge(texte(entete=ENTETE.replace(before, after)), codes, words)


@pytest.mark.parametrize(("text", "codes", "words"), TEXTES)
def test_a_wrong_document_is_refused(text: str, codes: str, words: str) -> None:
    _judge(text, codes, words)


def test_the_same_fault_is_said_once_and_in_order_of_lines() -> None:
    problems = refus(texte("x: {cumul: mois, gagne: , bornes: [0, 3]}\ny: {si: {dalo: zzz}, points: z}"))
    assert len(problems) == len(set(problems))
    lines = [int(p.ou.rpartition(" ")[2]) for p in problems]
    assert lines == sorted(lines)


def test_the_template_is_sound() -> None:
    assert [c.id for s in lue(texte()).systemes for c in s.criteres()] == ["dalo_reconnu"]
