"""Why a trend weighs heavily or lightly, in the words of a rehearsal's people: reasons for high and for low.

Made up for the play; nothing of it is content. A reason has at most 140 characters.
"""

from __future__ import annotations

# By trend: reasons for high, reasons for low.
REASONS: dict[str, tuple[list[str], list[str]]] = {
    "kennis-technologie": (
        ["Iedereen kan straks wat nu alleen een expert kan.", "Wie niet mee kan, valt er helemaal buiten."],
        ["Kennis is er al genoeg, er wordt alleen weinig mee gedaan.", "In mijn straat merk ik er niets van."],
    ),
    "macht-invloed": (
        ["Besluiten vallen steeds vaker buiten de raad.", "Grote bedrijven bepalen wat hier kan, niet wij."],
        ["De raad beslist gewoon, dat blijft zo.", "Macht schuift al honderd jaar heen en weer."],
    ),
    "economie": (
        ["Zonder werk houdt alles op, dat zagen wij in 2009.", "Eén fabriek die sluit en het budget is weg."],
        ["Onze gemeente leeft van zorg en onderwijs, dat blijft.", "Het gaat op en neer, daar kunnen wij mee omgaan."],
    ),
    "solidariteit": (
        [
            "Als niemand meer helpt, kan geen gemeente dat betalen.",
            "In de ene straat kookt men voor elkaar, in de andere kent men elkaar niet.",
            "Jongeren helpen anders dan wij. Niemand weet of dat genoeg is.",
        ],
        [
            "Mensen helpen elkaar altijd al, dat verandert niet.",
            "Bij een ramp staat iedereen klaar. Daar ben ik zeker van.",
            "Vereniging, kerk en buren zijn er nog steeds.",
        ],
    ),
    "burgerinitiatief": (
        [
            "Bij ons runnen bewoners het zwembad. Dat kan met veel meer.",
            "Een groep bewoners krijgt in een maand voor elkaar waar wij een jaar over doen.",
            "Zonder initiatieven sluit de helft van de voorzieningen.",
        ],
        [
            "Het zijn steeds dezelfde tien mensen, en die worden ouder.",
            "Na twee jaar is de subsidie op en de groep weg.",
            "Mooi werk, maar het raakt maar een klein deel van de stad.",
        ],
    ),
    "informele-netwerken": (
        ["De buurvrouw ziet het eerder dan het wijkteam.", "Familie woont ver weg, dus buren worden belangrijker."],
        ["Wie geen netwerk heeft, krijgt er ook geen.", "Voor zware zorg is een buurman niet genoeg."],
    ),
    "individualisering": (
        ["Bijna de helft woont straks alleen.", "Iedereen wil hulp op maat, dat is duur."],
        ["Dit is al veertig jaar zo, wij zijn eraan gewend.", "Mensen zoeken elkaar juist weer op."],
    ),
    "arm-rijk": (
        ["Kinderen uit twee wijken komen elkaar nergens meer tegen.", "Schulden bepalen of iemand mee kan doen."],
        ["In onze gemeente valt het verschil mee.", "Het Rijk gaat over inkomen, wij niet."],
    ),
    "gezondheidskloof": (
        ["Tien jaar verschil in gezonde jaren, een halve stad verderop.", "Wie ongezond is, doet ook minder mee."],
        ["Gezondheid hangt vooral van mensen zelf af.", "De huisarts lost dit eerder op dan de gemeente."],
    ),
    "meedoen-afwachten": (
        ["Wie de weg weet, krijgt alles. De rest wacht af.", "Wij horen steeds dezelfde inwoners."],
        ["Wie wil, kan gewoon meedoen.", "Afwachten is ook een keuze, en dat mag."],
    ),
    "collectieve-middelen": (
        ["Zonder geld van het Rijk sluiten wij buurthuizen.", "Elk jaar minder, en de vraag groeit."],
        ["Er is geld genoeg, het gaat naar de verkeerde dingen.", "Minder geld maakt ons ook slimmer."],
    ),
    "decentralisatie": (
        [
            "Na elke verkiezing gaan taken weer een andere kant op.",
            "Het Rijk geeft de taak en houdt het geld.",
            "Over vijftien jaar kan alles weer in Den Haag liggen.",
        ],
        [
            "Wat eenmaal bij ons ligt, gaat niet meer terug.",
            "De grote verschuiving was in 2015, daarna is het stil.",
            "Wie de taak ook heeft, het werk doen wij toch.",
        ],
    ),
    "schaalvergroting": (
        [
            "Jeugdhulp, werk en vervoer liggen al bij de regio.",
            "Een kleine gemeente vindt geen specialisten meer.",
            "De regio beslist straks over de helft van ons budget.",
        ],
        [
            "Inwoners willen een loket om de hoek, geen regio.",
            "Regio’s komen en gaan, de gemeente blijft.",
            "Samenwerken doen wij al, daar verandert weinig aan.",
        ],
    ),
    "loslaten": (
        [
            "Als wij loslaten, moet er iemand zijn die vasthoudt.",
            "Ruimte voor bewoners begint bij een gemeente die niet alles dichtregelt.",
            "Dit raakt elk besluit dat wij nemen.",
        ],
        [
            "Loslaten is een mooi woord voor bezuinigen.",
            "De raad trekt bij het eerste incident alles weer naar zich toe.",
            "In de praktijk verandert er niets: de regels blijven.",
        ],
    ),
    "maatschappelijk-ondernemen": (
        [
            "Ons grootste bedrijf doet meer voor de wijk dan wij weten.",
            "Bedrijven hebben mensen nodig, dus zij helpen mee.",
        ],
        ["Als het slecht gaat, is dit het eerste wat stopt.", "Een bedrijf is er voor winst, en dat is prima."],
    ),
    "vertrouwen-professionals": (
        ["Zonder ruimte vertrekken de goede mensen.", "Een wijkteam dat zelf beslist, is sneller en goedkoper."],
        ["Na één fout komen alle formulieren terug.", "Wij geven al ruimte, dat levert niet veel op."],
    ),
    "arbeidsmarkt": (
        ["Half ons administratieve werk bestaat straks niet meer.", "Wie nu van school komt, leert drie beroepen."],
        ["Er is hier meer werk dan mensen.", "De bouw en de zorg blijven handwerk."],
    ),
    "vergrijzing": (
        ["Eén op de drie is straks 65-plus.", "Er zijn te weinig handen voor de zorg die komt."],
        ["Ouderen zijn fitter dan vroeger en doen veel.", "Dit weten wij precies, dus wij kunnen ons voorbereiden."],
    ),
    "big-data": (
        ["Wij weten straks eerder wie in de knel komt.", "Een fout in het systeem treft duizend gezinnen tegelijk."],
        ["Hulp geven blijft mensenwerk.", "De wet staat dit toch niet toe."],
    ),
    "robotisering": (
        ["Zonder techniek redt de thuiszorg het niet.", "Niemand weet welk werk er over tien jaar nog is."],
        ["Een robot drinkt geen koffie met mijn moeder.", "Dit roept men al dertig jaar."],
    ),
    "deeleconomie": (
        ["Een straat met één boormachine kent elkaar ook.", "Delen scheelt gezinnen met weinig geld veel."],
        ["Mensen willen toch liever hun eigen spullen.", "De grote apps verdienen eraan, de buurt niet."],
    ),
}

# Of a trend that this play doesn't know: for high, for low.
ANY_REASON = (
    ["Dit merken wij nu al elke week.", "Hier hangt veel anders van af."],
    ["Andere zaken zijn belangrijker.", "Dit loopt zoals het altijd liep."],
)
