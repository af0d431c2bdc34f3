"""A growth seen on a scan leads to a specialist wherever it is, so no place of it may be forgotten by the danger rule."""

from triage.logic import HasChoice, signed_atoms

OFTEN_BY_CHANCE = {"pituitary"}


def test_every_place_of_a_growth_on_a_scan_is_read_by_the_rule_for_it(kb):
    when = kb.rules["growth_seen.when"].expr
    atoms = signed_atoms(when, kb.exprs)
    read = {
        atom.choice
        for atom, positive in atoms
        if positive and isinstance(atom, HasChoice) and atom.finding == "mri_mass_sites"
    }
    assert read == set(kb.findings["mri_mass_sites"].choices) - OFTEN_BY_CHANCE
