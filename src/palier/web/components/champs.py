"""How a field of a Django form is drawn: its class, its help, its error."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, NumberInput, RadioSelect, Select

_CASES = (CheckboxSelectMultiple, RadioSelect)


def ancre_champ(champ: BoundField) -> str:
    """Return the identifier of the control that takes the focus: the first of a group."""
    return f"{champ.auto_id}_0" if isinstance(champ.field.widget, _CASES) else champ.id_for_label


def contexte_champ(champ: BoundField, suffixe: str, facultatif: str) -> dict[str, Any]:
    """Return what ``components/champ.html`` needs.

    Parameters
    ----------
    champ : BoundField
        Field of a form.
    suffixe : str
        Unit after the field: « € par mois ».
    facultatif : str
        Word for a field that may stay empty; empty: nothing is said.
    """
    widget = champ.field.widget
    group = isinstance(widget, _CASES)
    single = isinstance(widget, CheckboxInput)
    if isinstance(widget, NumberInput):  # keeps what was typed, and no wheel changes it
        widget.input_type = "text"
        widget.attrs.setdefault("inputmode", "decimal" if widget.attrs.pop("step", None) else "numeric")
    if group or single:
        widget.attrs.setdefault("class", "form-check-input")
    else:
        widget.attrs.setdefault("class", "form-select" if isinstance(widget, Select) else "form-control")
    return {
        "champ": champ,
        "widget": "" if group else champ.as_widget(),
        "cases": group,
        "coche": single,
        "decrit": champ.aria_describedby,
        "suffixe": suffixe,
        "facultatif": "" if champ.field.required else facultatif,
    }
