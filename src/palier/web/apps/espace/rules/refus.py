"""Why a person says no to a home: coded, so that nothing about her health or her family must be written."""

MOTIFS = ("loyer", "lieu", "taille", "etat", "acces", "entourage", "situation", "autre")
