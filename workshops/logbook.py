"""The logbook (logboek): who did what in a workshop, in words, so that co-hosts know of each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from municipalities.models import User
from workshops.models import LogEntry, Stage, Workshop

# A verb's sentence; what it names in %()s comes from the entry: "round" is the round's title, the rest its detail.
SENTENCES: dict[str, str | Promise] = {
    "open": gettext_lazy("opende ‘%(round)s’"),
    "unopen": gettext_lazy("zette ‘%(round)s’ weer klaar"),
    "last_chance": gettext_lazy("gaf de laatste kans"),
    "cancel_close": gettext_lazy("liet ‘%(round)s’ toch open"),
    "close": gettext_lazy("sloot ‘%(round)s’"),
    "closed_by_clock": gettext_lazy("na de laatste kans sloot ‘%(round)s’"),
    "reopen": gettext_lazy("heropende ‘%(round)s’"),
    "reveal": gettext_lazy("toonde de uitslag van ‘%(round)s’"),
    "hide": gettext_lazy("verborg de uitslag van ‘%(round)s’"),
    "vote_again": gettext_lazy("liet opnieuw stemmen; poging %(attempt)s van ‘%(round)s’ is bewaard en telt niet mee"),
    "undo_vote_again": gettext_lazy("liet toch niet opnieuw stemmen; ‘%(round)s’ telt weer mee"),
    "two_minutes": gettext_lazy("zei: nog 2 minuten"),
    "clear_minutes": gettext_lazy("haalde ‘nog 2 minuten’ weg"),
    "next": gettext_lazy("ging naar ‘%(round)s’"),
    "back": gettext_lazy("ging terug naar ‘%(round)s’"),
    "withdraw": ngettext_lazy(
        "Een deelnemer trok %(number)s antwoord in", "Een deelnemer trok %(number)s antwoorden in", "number"
    ),
    "message": gettext_lazy("stuurde een bericht: %(text)s"),
    "message_withdrawn": gettext_lazy("haalde het bericht weg"),
    "mend": gettext_lazy("verbeterde de tekst van ‘%(title)s’"),
    "add_item": gettext_lazy("voegde ‘%(title)s’ toe"),
    "remove_item": gettext_lazy("haalde ‘%(title)s’ weer weg"),
    "take_item": gettext_lazy("haalde ‘%(title)s’ uit ‘%(round)s’"),
    "fill_items": gettext_lazy("vulde de lijst van ‘%(round)s’"),
    "order_items": gettext_lazy("veranderde de volgorde in ‘%(round)s’"),
    "undo_items": gettext_lazy("zette de vorige lijst van ‘%(round)s’ terug"),
    "change_question": gettext_lazy("veranderde de vraag ‘%(title)s’"),
    "make_scenario": gettext_lazy("maakte het scenario ‘%(title)s’"),
    "change_scenario": gettext_lazy("wijzigde het scenario ‘%(title)s’"),
    "remove_scenario": gettext_lazy("haalde het scenario ‘%(title)s’ weg"),
    "leave_scenario": gettext_lazy("liet ‘%(title)s’ toch niet toetsen"),
    "add_variant": gettext_lazy("maakte ‘%(title)s’ als aangepaste keuze"),
    "remove_variant": gettext_lazy("haalde de aangepaste keuze ‘%(title)s’ weg"),
    "open_scenario": gettext_lazy("liet ‘%(title)s’ toetsen"),
    "unopen_scenario": gettext_lazy("haalde ‘%(title)s’ weer uit de toets"),
    "view": gettext_lazy("zette ‘%(title)s’ op het scherm"),
    "usual_view": gettext_lazy("zette de ronde zelf weer op het scherm"),
    "let_through": ngettext_lazy("liet %(number)s tekst door", "liet %(number)s teksten door", "number"),
    "hide_text": ngettext_lazy("verborg %(number)s tekst", "verborg %(number)s teksten", "number"),
    "text_waits": ngettext_lazy("liet %(number)s tekst weer wachten", "liet %(number)s teksten weer wachten", "number"),
    "show_median": gettext_lazy("toonde het midden van de eerste ronde op de telefoons"),
    "hide_median": gettext_lazy("haalde het midden van de eerste ronde van de telefoons"),
    "close_dots": gettext_lazy("sloot de stippen van ‘%(round)s’"),
    "reopen_dots": gettext_lazy("opende de stippen van ‘%(round)s’ weer"),
    "on_agenda": gettext_lazy("zette ‘%(title)s’ op de agenda"),
    "off_agenda": gettext_lazy("haalde ‘%(title)s’ van de agenda"),
    "propose_agenda": gettext_lazy("zette de vijf keuzes met de meeste stippen op de agenda"),
    "undo_agenda": gettext_lazy("zette de vorige agenda terug"),
    "ask_holders": gettext_lazy("vroeg wie de keuzes op de agenda draagt"),
    "unask_holders": gettext_lazy("vroeg toch niet wie de keuzes draagt"),
    "edit_agenda": gettext_lazy("werkte ‘%(title)s’ op de agenda bij"),
    "let_all_through": ngettext_lazy("liet %(number)s tekst door", "liet alle %(number)s teksten door", "number"),
    "choose_idea": gettext_lazy("maakte van een idee de keuze ‘%(title)s’"),
    "merge_ideas": gettext_lazy("voegde ideeën samen tot ‘%(title)s’"),
    "split_idea": gettext_lazy("deelde een idee in ‘%(title)s’ en ‘%(other)s’"),
    "hide_idea": gettext_lazy("nam een idee niet mee"),
    "put_back_idea": gettext_lazy("liet een idee weer wachten"),
    "drop_option": gettext_lazy("haalde de keuze ‘%(title)s’ weer weg"),
    "open_support": gettext_lazy("liet de zaal keuzes steunen in ‘%(round)s’"),
    "close_support": gettext_lazy("liet in ‘%(round)s’ weer ideeën toe"),
    "choose_axes": gettext_lazy("koos de assen: %(title)s"),
    "unchoose_axes": gettext_lazy("koos toch nog geen assen"),
    "add_municipality": gettext_lazy("voegde %(title)s toe"),
    "remove_municipality": gettext_lazy("haalde %(title)s weer weg"),
    "edit": gettext_lazy("wijzigde ‘%(round)s’"),
    "add_round": gettext_lazy("voegde ‘%(round)s’ toe aan het draaiboek"),
    "remove_round": gettext_lazy("haalde ‘%(round)s’ uit het draaiboek"),
    "put_back_round": gettext_lazy("zette ‘%(round)s’ terug in het draaiboek"),
    "move_round": gettext_lazy("zette ‘%(round)s’ op plaats %(place)s van het draaiboek"),
    "add_co_host": gettext_lazy("liet %(title)s meebegeleiden"),
    "remove_co_host": gettext_lazy("liet %(title)s niet meer meebegeleiden"),
    "blank": gettext_lazy("maakte het scherm zwart"),
    "unblank": gettext_lazy("zette het scherm weer aan"),
    "pause": gettext_lazy("zette de pauze op het scherm"),
    "unpause": gettext_lazy("haalde de pauze van het scherm"),
    "text_size": gettext_lazy("veranderde de tekst op het scherm van grootte"),
    "hide_code": gettext_lazy("haalde de code van het scherm"),
    "show_code": gettext_lazy("zette de code weer op het scherm"),
    "lock": gettext_lazy("zette het scherm vast"),
    "unlock": gettext_lazy("liet het scherm weer meelopen"),
    "end": gettext_lazy("beëindigde de workshop"),
}


@dataclass(frozen=True)
class Line:
    """One line as the cockpit shows it: the local time, and a sentence that begins with who did it.

    ``stage`` is the id of the round it is about, if it is about one.
    """

    time: str
    sentence: str
    verb: str
    stage: int | None = None


def note(workshop: Workshop, verb: str, who: User | None = None, stage: Stage | None = None, **detail: Any) -> LogEntry:
    """Write a line. ``verb`` is a key of SENTENCES (KeyError otherwise), ``detail`` what its sentence names."""
    SENTENCES[verb]
    return LogEntry.objects.create(workshop=workshop, verb=verb, who=who, stage=stage, detail=detail)


def lines(workshop: Workshop, limit: int = 8) -> list[Line]:
    """The newest lines, newest first, in the active language (one query)."""
    return [line(entry) for entry in workshop.log.select_related("who", "stage")[:limit]]


def newest(workshop: Workshop, verbs: Iterable[str]) -> Line | None:
    """The newest line with one of these verbs, however much was done since (one query); None where there is none."""
    entry = workshop.log.filter(verb__in=list(verbs)).select_related("who", "stage").first()
    return None if entry is None else line(entry)


# What makes the number of answers drop, or begin at nothing.
DROPS = ("withdraw", "vote_again", "remove_item")


def drops(stage: Stage, limit: int = 3) -> list[Line]:
    """Why a figure went down, newest first (one query): answers withdrawn, done over or taken out.

    An item that came while people were answering is one of them: whoever was done with all no longer is.
    """
    earlier = Q(stage__key=stage.key, stage__attempt__lt=stage.attempt, verb="vote_again")
    about = Q(stage=stage, verb__in=DROPS) | earlier
    if stage.opened_at is not None:
        about |= Q(stage=stage, verb="add_item", at__gte=stage.opened_at)
    entries = stage.workshop.log.filter(about).select_related("who", "stage")
    return [line(entry) for entry in entries[:limit]]


def line(entry: LogEntry) -> Line:
    """An entry in words, in the active language."""
    return Line(f"{timezone.localtime(entry.at):%H:%M}", sentence(entry), entry.verb, entry.stage_id)


def sentence(entry: LogEntry) -> str:
    """ "Anna opende ‘Trends wegen’", or what a participant or the clock did."""
    # A line from before lines were counted says nothing of a number: it was one.
    said = SENTENCES[entry.verb] % {"round": entry.stage.title if entry.stage else "", "number": 1, **entry.detail}
    if entry.who is None:
        return said[:1].upper() + said[1:]
    return _("%(name)s %(did)s") % {"name": short_name(entry.who), "did": said}


def short_name(user: User) -> str:
    """How the logbook calls an account: no whole address, for the cockpit may stand on a mirrored laptop."""
    return user.get_full_name() or user.email.partition("@")[0]
