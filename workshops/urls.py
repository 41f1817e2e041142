"""Addresses of the room: joining, answering, running, showing."""

from __future__ import annotations

from django.urls import URLPattern, path

from workshops.views import (
    agenda,
    axes,
    check,
    cockpit,
    contributions,
    criteria,
    handout,
    ideas,
    ideas_board,
    item_sources,
    join,
    leave,
    links,
    messages,
    own_plans,
    own_scenarios,
    people,
    plan,
    projector,
    result,
    reuse,
    room,
    run_sheet,
    screen,
    second_round,
    signals,
    stage_edit,
    variants,
    windtunnel,
    workshops,
)
from workshops.views import items as item_views

urlpatterns: list[URLPattern] = [
    # A participant: coming in, and the room
    path("join/", join.join_by_code, name="join-by-code"),
    path("m/<str:join_token>/", join.join, name="join"),
    path("room/<str:public_id>/", room.room, name="room"),
    path("room/<str:public_id>/main/", room.room_main, name="room-main"),
    path("room/<str:public_id>/votes/", room.vote, name="vote"),
    path("room/<str:public_id>/who/", join.who, name="room-who"),
    path("room/<str:public_id>/signals/", signals.give_signal, name="room-signal"),
    path("room/<str:public_id>/contributions/", contributions.contribute, name="room-contribution"),
    path("room/<str:public_id>/ideas/", ideas.own_idea, name="room-ideas"),
    path("room/<str:public_id>/ideas/similar/", ideas.similar, name="room-ideas-similar"),
    path("room/<str:public_id>/leave/", leave.leave, name="room-leave"),
    path("room/<str:public_id>/continue/<str:token>/", leave.carry_on, name="room-continue"),
    path("room/<str:public_id>/result/<int:stage_id>/", result.result, name="room-result"),
    # The projector, by its secret link
    path("screen/<str:screen_token>/", screen.screen, name="screen"),
    path("screen/<str:screen_token>/main/", screen.screen_main, name="screen-main"),
    # The facilitator: workshops and the cockpit
    path("workshops/", workshops.workshop_list, name="workshops"),
    path("workshops/new/", workshops.new_workshop, name="workshop-new"),
    path("workshops/plans/", own_plans.own_plans, name="own-plans"),
    path("workshops/plans/<int:plan_id>/rename/", own_plans.rename, name="own-plan-rename"),
    path("workshops/plans/<int:plan_id>/delete/", own_plans.delete, name="own-plan-delete"),
    path("workshops/<str:public_id>/", cockpit.cockpit, name="cockpit"),
    path("workshops/<str:public_id>/links/", links.links, name="workshop-links"),
    # Before the day
    path("workshops/<str:public_id>/check/", check.check, name="workshop-check"),
    path("workshops/<str:public_id>/check/say/", check.check_say, name="workshop-check-say"),
    path("workshops/<str:public_id>/check/<slug:part>/", check.check_part, name="workshop-check-part"),
    path("workshops/<str:public_id>/run-sheet/", run_sheet.run_sheet, name="run-sheet"),
    path("workshops/<str:public_id>/reuse/", reuse.reuse, name="workshop-reuse"),
    path("workshops/<str:public_id>/plan/", plan.plan, name="workshop-plan"),
    path("workshops/<str:public_id>/plan/add/", plan.add, name="plan-add"),
    path("workshops/<str:public_id>/plan/put-back/", plan.put_back, name="plan-put-back"),
    path("workshops/<str:public_id>/plan/save/", plan.save, name="plan-save"),
    path("workshops/<str:public_id>/plan/<int:stage_id>/move/", plan.move, name="plan-move"),
    path("workshops/<str:public_id>/plan/<int:stage_id>/remove/", plan.remove, name="plan-remove"),
    # Running it
    path("workshops/<str:public_id>/live/", cockpit.cockpit_live, name="cockpit-live"),
    path("workshops/<str:public_id>/end/", cockpit.end_workshop, name="workshop-end"),
    # Changing a workshop while it runs
    path("workshops/<str:public_id>/edit/", workshops.edit_workshop, name="workshop-edit"),
    path("workshops/<str:public_id>/message/", messages.send, name="message-send"),
    path("workshops/<str:public_id>/message/withdraw/", messages.withdraw, name="message-withdraw"),
    path("workshops/<str:public_id>/people/", people.people, name="workshop-people"),
    path("workshops/<str:public_id>/people/add/", people.add_municipality, name="municipality-add"),
    path("workshops/<str:public_id>/people/remove/", people.remove_municipality, name="municipality-remove"),
    path("workshops/<str:public_id>/co-hosts/add/", people.add_co_host, name="co-host-add"),
    path("workshops/<str:public_id>/co-hosts/<int:user_id>/remove/", people.remove_co_host, name="co-host-remove"),
    path("workshops/<str:public_id>/own-scenarios/", own_scenarios.own, name="own-scenarios"),
    path("workshops/<str:public_id>/own-scenarios/<slug:key>/", own_scenarios.change, name="own-scenario"),
    path(
        "workshops/<str:public_id>/own-scenarios/<slug:key>/remove/",
        own_scenarios.remove,
        name="own-scenario-remove",
    ),
    path(
        "workshops/<str:public_id>/own-scenarios/<slug:key>/test/<int:stage_id>/",
        own_scenarios.choose,
        name="own-scenario-test",
    ),
    path(
        "workshops/<str:public_id>/stages/<int:stage_id>/scenarios/open/",
        windtunnel.open_scenarios,
        name="stage-scenarios-open",
    ),
    *(
        path(
            f"workshops/<str:public_id>/stages/<int:stage_id>/scenarios/<slug:key>/{verb}/",
            view,
            name=f"stage-scenario-{verb}",
        )
        for verb, view in (("open", windtunnel.open_scenario), ("unopen", windtunnel.unopen_scenario))
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/agenda/", agenda.agenda_edit, name="agenda-edit"),
    path(
        "workshops/<str:public_id>/stages/<int:stage_id>/agenda/step/<slug:verb>/", agenda.step, name="agenda-line-step"
    ),
    *(
        path(
            f"workshops/<str:public_id>/stages/<int:stage_id>/agenda/<int:item_id>/{verb}/",
            view,
            name=f"agenda-line-{verb}",
        )
        for verb, view in (
            ("save", agenda.save),
            ("undo", agenda.undo),
            ("choose", agenda.choose),
            ("drop", agenda.drop),
            ("show", agenda.show),
        )
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/variants/", variants.variants, name="variants"),
    path(
        "workshops/<str:public_id>/stages/<int:stage_id>/variants/<int:item_id>/remove/",
        variants.remove,
        name="variant-remove",
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/edit/", stage_edit.stage_edit, name="stage-edit"),
    path("workshops/<str:public_id>/stages/<int:stage_id>/settings/", stage_edit.settings, name="stage-settings"),
    *(
        path(
            f"workshops/<str:public_id>/stages/<int:stage_id>/criteria/<int:criterion_id>/{name}/",
            view,
            name=f"criterion-{name}",
        )
        for name, view in (("change", criteria.change), ("restore", criteria.restore))
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/items/add/", item_views.add, name="item-add"),
    path("workshops/<str:public_id>/stages/<int:stage_id>/items/fill/", item_sources.fill, name="items-fill"),
    path("workshops/<str:public_id>/stages/<int:stage_id>/items/undo/", item_sources.undo, name="items-undo"),
    path(
        "workshops/<str:public_id>/stages/<int:stage_id>/items/fill/<slug:source>/",
        item_sources.fill_from,
        name="items-fill-from",
    ),
    *(
        path(f"workshops/<str:public_id>/stages/<int:stage_id>/items/<int:item_id>/{name}/", view, name=f"item-{name}")
        for name, view in (
            ("mend", item_views.mend),
            ("restore", item_views.restore),
            ("remove", item_views.remove),
            ("move", item_views.move),
        )
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/vote-again/", cockpit.vote_again, name="stage-vote-again"),
    path(
        "workshops/<str:public_id>/stages/<int:stage_id>/contributions/",
        contributions.contributions_page,
        name="contributions",
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/ideas/", ideas_board.ideas_board, name="ideas-board"),
    path(
        "workshops/<str:public_id>/stages/<int:stage_id>/ideas/support/",
        ideas_board.ideas_support,
        name="ideas-support",
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/handout.pdf", handout.stage_handout, name="stage-handout"),
    path("workshops/<str:public_id>/stages/<int:stage_id>/view/", cockpit.stage_view, name="stage-view"),
    path("workshops/<str:public_id>/stages/<int:stage_id>/axes/", axes.choose, name="axes-choose"),
    path("workshops/<str:public_id>/stages/<int:stage_id>/axes/pick/<slug:key>/", axes.pick, name="axes-pick"),
    *(
        path(f"workshops/<str:public_id>/stages/<int:stage_id>/axes/{name}/", view, name=f"axes-{name}")
        for name, view in (("default", axes.default), ("undo", axes.undo), ("again", axes.again))
    ),
    path("workshops/<str:public_id>/stages/<int:stage_id>/median/", second_round.median, name="stage-median"),
    *(
        path(
            f"workshops/<str:public_id>/stages/<int:stage_id>/{verb}/",
            cockpit.stage_action,
            {"verb": verb},
            name=f"stage-{verb}",
        )
        for verb in cockpit.VERBS
    ),
    # What the facilitator does with the projector
    *(
        path(f"workshops/<str:public_id>/projector/{name}/", view, name=f"projector-{name}")
        for name, view in (
            ("blank", projector.blank),
            ("pause", projector.pause),
            ("text", projector.text),
            ("code", projector.code),
            ("lock", projector.lock),
        )
    ),
]
