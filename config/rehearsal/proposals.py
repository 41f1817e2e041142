"""What the people of a rehearsal propose to do: options with their price, some of them nearly the same as another.

Made up for the play; nothing of it is content. What says the same has one ``key``, by which ``stands.py`` and
``carrying.py`` know how it fares in a wind tunnel and on an agenda.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Proposal(NamedTuple):
    """``title`` has one verb (1–100 characters), ``instead`` is its price (1–200), ``why`` may be empty (0–300)."""

    key: str
    title: str
    instead: str
    why: str = ""


PROPOSALS: tuple[Proposal, ...] = (
    Proposal(
        "buurthuis",
        "Buurthuizen in beheer geven aan bewoners",
        "minder vaste openingstijden en minder toezicht",
        "Bewoners weten wanneer er iemand nodig is.",
    ),
    Proposal(
        "zorgkring",
        "In elke straat een zorgkring opzetten",
        "minder geld voor dagbesteding",
        "Buren zien het het eerst.",
    ),
    Proposal(
        "leerwerkplek",
        "Leerwerkplekken bij bedrijven regelen",
        "minder begeleiding door de gemeente zelf",
        "Wie werkt, leert sneller dan in een klas.",
    ),
    Proposal(
        "vrije-week",
        "Mantelzorgers een vrije week geven",
        "minder huishoudelijke hulp voor anderen",
        "Ik zorg voor mijn vader en ben op.",
    ),
    Proposal(
        "schulden",
        "Schulden van inwoners overnemen",
        "een groter risico voor de begroting",
        "Met schulden doet niemand mee.",
    ),
    Proposal(
        "digihulp",
        "Digitale hulp in de bibliotheek geven",
        "minder balies in het gemeentehuis",
        "Mijn moeder kan haar post niet meer openen.",
    ),
    Proposal("regiovervoer", "Het vervoer naar zorg met de regio inrichten", "geen eigen taxi’s van de gemeente meer"),
    Proposal(
        "jeugdregio",
        "Specialistische jeugdhulp aan de regio overdragen",
        "minder eigen keuzes van de raad",
        "Alleen zijn wij te klein voor specialisten.",
    ),
    Proposal("buurtgeld", "Buurten hun eigen geld laten verdelen", "minder geld voor plannen van de hele gemeente"),
    Proposal(
        "wijkteam-vrij",
        "Wijkteams zonder toestemming laten beslissen",
        "minder controle vooraf",
        "Nu wacht een gezin acht weken op een handtekening.",
    ),
    Proposal("spaarpot", "Een spaarpot voor noodgevallen vullen", "1 procent minder voor alle andere hulp"),
    Proposal(
        "woningdelen",
        "Woningdelen toestaan in elke wijk",
        "meer auto’s en drukte in de straat",
        "Een leeg huis te groot, een vol huis te duur.",
    ),
    # What was written a second or third time, in other words.
    Proposal("buurthuis", "Buurthuizen door bewoners laten beheren", "minder uren van de beheerder"),
    Proposal("zorgkring", "Een zorgkring opzetten in elke straat", "minder professionele dagopvang"),
    Proposal("leerwerkplek", "Leerwerkplekken regelen bij bedrijven in de regio", "minder cursussen van de gemeente"),
    Proposal("vrije-week", "Een vrije week geven aan mantelzorgers", "minder uren huishoudelijke hulp"),
    Proposal("digihulp", "In de bibliotheek digitale hulp geven", "een balie minder", "Vooral voor formulieren."),
    Proposal("buurtgeld", "Elke buurt eigen geld laten verdelen", "minder grote projecten"),
    Proposal("spaarpot", "Een spaarpot vullen voor noodgevallen", "minder geld voor cursussen"),
    # What is proposed as well, and not worked out today.
    Proposal("moestuin", "Gemeentegrond uitlenen voor moestuinen", "geen huizen op die grond"),
    Proposal("kantine", "Kantines van sportclubs overdag openen", "hogere kosten voor de clubs"),
    Proposal("winkels", "Lege winkels verhuren aan makers", "lagere huren in het centrum"),
    Proposal(
        "samen-wonen", "Ouderen en studenten samen laten wonen", "minder gewone huurwoningen", "Werkt in Deventer."
    ),
    Proposal("vergoeding", "Vrijwilligers een vergoeding geven", "minder geld voor de clubs zelf"),
    Proposal("feestregels", "Regels voor buurtfeesten schrappen", "meer klachten over geluid"),
    Proposal(
        "beraad",
        "Inwoners loten voor een burgerberaad",
        "besluiten duren langer",
        "Dan hoor je ook eens iemand anders.",
    ),
    Proposal("school-open", "Scholen tot zes uur openhouden", "hogere kosten voor conciërges"),
    Proposal("verpleging", "Wijkverpleegkundigen zonder indicatie laten helpen", "minder grip op de kosten"),
    Proposal("ov", "Gratis met de bus laten reizen bij een laag inkomen", "een duurder kaartje voor anderen"),
    Proposal("ruilkring", "Een ruilkring van uren beginnen", "minder betaald werk in de buurt"),
    Proposal("robots", "Robots in de thuiszorg inzetten", "minder bezoek van mensen"),
    Proposal("coaches", "Jongeren een vaste coach geven", "minder jongerenwerk op straat"),
    Proposal("taal", "Taalmaatjes in elke wijk koppelen", "minder taallessen op school"),
    Proposal("keukentafel", "Elke nieuwe inwoner thuis bezoeken", "minder uren voor andere gesprekken"),
    Proposal("basisbaan", "Basisbanen voor iedereen in de bijstand maken", "minder geld voor subsidies"),
    Proposal("groen", "Bewoners het groen laten onderhouden", "minder werk voor de buitendienst"),
    Proposal("klussendienst", "Een klussendienst voor ouderen starten", "minder geld voor woningaanpassing"),
    Proposal("open-data", "Software van de gemeente vrijgeven", "geen snelle inkoop van systemen"),
    Proposal("eettafel", "Elke week een eettafel in de wijk dekken", "minder maaltijden aan huis"),
    Proposal("lokalen", "Lokalen ’s avonds gratis uitlenen", "geen huur meer voor de scholen"),
    # What no facilitator puts before a room.
    Proposal("wethouder", "De wethouder een week in de bijstand laten leven", "dat hij even niet vergadert"),
)

# What the facilitator makes an option of, in this order; what is left out, and why.
CHOSEN = tuple(dict.fromkeys(proposal.key for proposal in PROPOSALS[:12]))
REFUSED = {"wethouder": "Dit gaat over één persoon. Wij zoeken keuzes die de gemeente kan maken."}
LEFT_OUT = "Een goed idee. Wij werken vandaag twaalf keuzes uit, en bewaren dit voor de volgende keer."

# By title.
KEYS: Mapping[str, str] = {proposal.title: proposal.key for proposal in PROPOSALS}
