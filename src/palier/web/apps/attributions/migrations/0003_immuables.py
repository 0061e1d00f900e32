"""What is decided does not change: held by the database, whoever writes (plateforme.md 4.3)."""

from django.db import migrations

_SQL = r"""
CREATE FUNCTION attributions_refuser(quoi text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ATR-050 : % ne change plus', quoi USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- A decision once voted keeps what was decided; only what follows it (notification, appeal) is written.
CREATE FUNCTION attributions_garder_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.etat = 'proposee' THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'DELETE' OR NEW.etat = 'proposee'
     OR (OLD.candidature_id, OLD.point_id, OLD.code, OLD.rang, OLD.condition_piece, OLD.condition_limite,
         OLD.motifs, OLD.texte, OLD.corrige_id)
        IS DISTINCT FROM
        (NEW.candidature_id, NEW.point_id, NEW.code, NEW.rang, NEW.condition_piece, NEW.condition_limite,
         NEW.motifs, NEW.texte, NEW.corrige_id) THEN
    PERFORM attributions_refuser('une décision votée');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attributions_decision_garde BEFORE UPDATE OR DELETE ON attributions_decision
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_decision();

-- An item that is closed, or was said not examined, keeps its counts.
CREATE FUNCTION attributions_garder_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.etat <> 'a_examiner' THEN
    PERFORM attributions_refuser('un point clos');
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER attributions_point_garde BEFORE UPDATE OR DELETE ON attributions_pointseance
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_point();

-- Presences and ballots are those of an open item.
CREATE FUNCTION attributions_garder_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ligne record; etat_point text;
BEGIN
  IF TG_OP = 'DELETE' THEN ligne := OLD; ELSE ligne := NEW; END IF;
  SELECT etat INTO etat_point FROM attributions_pointseance WHERE id = ligne.point_id;
  IF etat_point <> 'a_examiner' OR (TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'attributions_bulletin') THEN
    PERFORM attributions_refuser('le vote d''un point');
  END IF;
  RETURN ligne;
END $$;
CREATE TRIGGER attributions_presence_garde BEFORE INSERT OR UPDATE OR DELETE ON attributions_presence
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_vote();
CREATE TRIGGER attributions_bulletin_garde BEFORE INSERT OR UPDATE OR DELETE ON attributions_bulletin
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_vote();

-- A session that is closed keeps its day, its members' règlement, and does not open again.
CREATE FUNCTION attributions_garder_seance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.etat NOT IN ('close', 'pv_signe', 'transmise') THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  IF TG_OP = 'DELETE' OR NEW.etat NOT IN ('close', 'pv_signe', 'transmise')
     OR (OLD.bailleur_id, OLD.numero, OLD.le, OLD.mode, OLD.lieu, OLD.reglement_id, OLD.convoquee_le,
         OLD.ouverte_le, OLD.close_le)
        IS DISTINCT FROM
        (NEW.bailleur_id, NEW.numero, NEW.le, NEW.mode, NEW.lieu, NEW.reglement_id, NEW.convoquee_le,
         NEW.ouverte_le, NEW.close_le) THEN
    PERFORM attributions_refuser('une séance close');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attributions_seance_garde BEFORE UPDATE OR DELETE ON attributions_seance
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_seance();

-- Minutes, leases and recorded searches are never changed.
CREATE FUNCTION attributions_garder_tout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM attributions_refuser(TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE TRIGGER attributions_pv_garde BEFORE UPDATE OR DELETE ON attributions_pv
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_tout('un procès-verbal');
CREATE TRIGGER attributions_bail_garde BEFORE UPDATE OR DELETE ON attributions_bail
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_tout('un bail');
CREATE TRIGGER attributions_recherche_garde BEFORE UPDATE OR DELETE ON attributions_recherche
  FOR EACH ROW EXECUTE FUNCTION attributions_garder_tout('une recherche consignée');
"""
_RETOUR = """
DROP TRIGGER attributions_decision_garde ON attributions_decision;
DROP TRIGGER attributions_point_garde ON attributions_pointseance;
DROP TRIGGER attributions_presence_garde ON attributions_presence;
DROP TRIGGER attributions_bulletin_garde ON attributions_bulletin;
DROP TRIGGER attributions_seance_garde ON attributions_seance;
DROP TRIGGER attributions_pv_garde ON attributions_pv;
DROP TRIGGER attributions_bail_garde ON attributions_bail;
DROP TRIGGER attributions_recherche_garde ON attributions_recherche;
DROP FUNCTION attributions_garder_decision();
DROP FUNCTION attributions_garder_point();
DROP FUNCTION attributions_garder_vote();
DROP FUNCTION attributions_garder_seance();
DROP FUNCTION attributions_garder_tout();
DROP FUNCTION attributions_refuser(text);
"""


class Migration(migrations.Migration):
    """Guards of what is decided."""

    dependencies = [("attributions", "0002_perimetre")]
    operations = [migrations.RunSQL(_SQL, _RETOUR)]
