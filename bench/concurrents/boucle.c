/* The floor: struct of arrays, blocks that stay in cache, -O3 -march=native.
 *
 * `regles.h` is written for each run by boucle_c.py from the same constants as
 * the other contestants: columns (value v_*, known k_*), criteria (points p_*,
 * known q_*), families, missing answers. Unknown points are -128.
 */
#include <stdint.h>

#define BLOC 1024
#define INCONNU (-128)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define BOUCLE for (int j = 0; j < taille; j++)

#include "regles.h"

#define net net_[j]
#define net_k net_k_[j]
#define isole isole_[j]
#define k_isole k_isole_[j]
#define jeune jeune_[j]
#define jeune_k jeune_k_[j]
#define cat cat_[j]
#define cat_k cat_k_[j]
#define place place_[j]
#define plafond_k plafond_k_[j]
#define annuel annuel_[j]
#define uc uc_[j]
#define uc_k uc_k_[j]
#define hors hors_[j]
#define refus refus_[j]
#define ok ok_[j]

void noter(int64_t n, const void *const *v, const uint8_t *const *connu, int8_t *const *pts, int16_t *total,
           int16_t *verifie, uint8_t *etat, uint64_t *manque, const uint8_t *ages, const int8_t *mois,
           const int32_t *plus, const int32_t *pls)
{
    static int32_t net_[BLOC], place_[BLOC];
    static int64_t annuel_[BLOC], uc_[BLOC];
    static uint8_t net_k_[BLOC], isole_[BLOC], k_isole_[BLOC], jeune_[BLOC], jeune_k_[BLOC], cat_[BLOC], cat_k_[BLOC],
        plafond_k_[BLOC], uc_k_[BLOC], hors_[BLOC], refus_[BLOC], ok_[BLOC];
    static int16_t t[BLOC], tv[BLOC];
    static uint64_t m[BLOC];
    LOCALES
    for (int64_t debut = 0; debut < n; debut += BLOC) {
        const int taille = (int)MIN(BLOC, n - debut);
        POINTEURS
        BOUCLE net_k = k_loyer_cent & k_charges_cent & k_aide_logement_cent;
        BOUCLE net = MAX(v_loyer_cent + v_charges_cent - v_aide_logement_cent, 0);
        BOUCLE isole = k_en_couple & k_nb_a_charge & !v_en_couple & (v_nb_a_charge >= 1);
        BOUCLE k_isole = (k_en_couple & k_nb_a_charge) | (k_en_couple & v_en_couple) | (k_nb_a_charge & !v_nb_a_charge);
        BOUCLE jeune_k = k_en_couple & (!v_en_couple | (k_naissance & k_conjoint_naissance));
        BOUCLE jeune = jeune_k && v_en_couple
            && ages[v_naissance + DECALAGE] + ages[v_conjoint_naissance + DECALAGE] <= 55;
        BOUCLE {
            const int d = v_nb_a_charge, np = v_nb_personnes, seul = (d >= 1) & !v_en_couple;
            const int deux = (seul | jeune) ? 3 : 2, autre = np + ((np - d == 1) & (d >= 2));
            cat = (np == 2 ? deux : autre) + (v_nb_carte_invalidite >= 1);
            cat_k = k_nb_personnes & k_nb_a_charge & k_en_couple & k_nb_carte_invalidite
                & ((np != 2) | seul | jeune_k);
        }
        BOUCLE place = (cat_k & k_zone) ? (MIN(cat, 31) - 1) * 3 + v_zone : 0;
        BOUCLE plafond_k = cat_k & k_zone & k_rfr_n2_eur;
        BOUCLE annuel = (int64_t)v_ressources_mensuelles_cent * 120;
        BOUCLE uc = v_nb_personnes * 5 + 5 - v_nb_moins_14 * 2;
        BOUCLE uc_k = k_nb_personnes & k_nb_moins_14;
        BOUCLE refus = k_ressources_mensuelles_cent & net_k & (v_ressources_mensuelles_cent == 0) & (net > 0);
        BOUCLE hors = (v_date_depot_initial > AU) | (k_statut & ((v_statut == RADIEE) | (v_statut == ATTRIBUEE)))
            | (k_date_renouvellement & (v_date_renouvellement < AU_12));
        BOUCLE ok = !hors & !refus;
        CRITERES
        FAMILLES
        BOUCLE m[j] = 0;
        MANQUES
        BOUCLE m[j] = ok ? m[j] : 0;
        BOUCLE manque[debut + j] = m[j];
        BOUCLE total[debut + j] = ok ? t[j] : INCONNU;
        BOUCLE verifie[debut + j] = ok ? tv[j] : INCONNU;
        BOUCLE etat[debut + j] = hors ? 2 : refus ? 3 : m[j] ? 1 : 0;
    }
}
