"""The drawings and signs of the scenarios: which file, and what it shows in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Drawing:
    """One scenario's drawing (2:1) and sign: paths under static/, the include under templates/, and the alt text."""

    image: str
    sign_image: str
    sign: str
    alt: Promise


def _drawing(key: str, alt: Promise) -> Drawing:
    return Drawing(f"img/{key}.svg", f"img/sign-{key}.svg", f"signs/{key}.svg", alt)


DRAWINGS: dict[str, Drawing] = {
    "samendam": _drawing(
        "samendam",
        _(
            "Inwoners geven elkaar kommen soep door aan een lange tafel op een groene bogenbrug; de deuren staan open "
            "en het kleine gemeentehuis geeft hun het podium. Meneer De Graaf staat apart, met onder hem, in de "
            "laatste boog, het vangnet van de gemeente."
        ),
    ),
    "ikhoven": _drawing(
        "ikhoven",
        _(
            "Dezelfde huizen liggen achter een muur met een gesloten poort: binnen delen zeven leden een tafel onder "
            "lampions, buiten staat meneer De Graaf alleen bij een dichtgetimmerde winkel en een kale straat. Het "
            "gemeentehuis heeft nog één loket open, met ambtenaar Ruben, en zit met een dik touw vast aan het Rijk aan "
            "de horizon."
        ),
    ),
    "staatsburcht": _drawing(
        "staatsburcht",
        _(
            "Een grote paarse burcht van de regio staat als een dak over dezelfde huizen, die allemaal dezelfde ramen "
            "hebben; acht mensen zitten ieder apart tussen schotten en krijgen om acht uur dezelfde kom, van boven "
            "neergelaten. Ambtenaar Ruben werkt boven in de burcht; bomen en een kraan tonen groei, en het Rijk is een "
            "klein silhouet aan de horizon."
        ),
    ),
}
