"""Answers drawn by chance, on every side of every threshold."""

from triage.logic import FindingType


def any_facts(kb, chance):
    facts = {}
    for name, finding in kb.findings.items():
        if chance.random() < 0.6:
            continue
        match finding.type:
            case FindingType.YES_NO:
                facts[name] = chance.random() < 0.5
            case FindingType.NUMBER:
                facts[name] = chance.choice(kb.probes[name] or (finding.limits[0],))
            case FindingType.ONE_OF:
                facts[name] = chance.choice(sorted(finding.choices))
            case FindingType.ANY_OF:
                facts[name] = {one: chance.random() < 0.5 for one in finding.choices if chance.random() < 0.7}
    return facts
