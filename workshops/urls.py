"""Addresses of the room: joining, answering, running, showing."""

from __future__ import annotations

from django.urls import URLPattern, path

from workshops.views import cockpit, join, room, screen, workshops

urlpatterns: list[URLPattern] = [
    # A participant: coming in, and the room
    path("join/", join.join_by_code, name="join-by-code"),
    path("m/<str:join_token>/", join.join, name="join"),
    path("room/<str:public_id>/", room.room, name="room"),
    path("room/<str:public_id>/main/", room.room_main, name="room-main"),
    path("room/<str:public_id>/votes/", room.vote, name="vote"),
    path("room/<str:public_id>/who/", join.who, name="room-who"),
    # The projector, by its secret link
    path("screen/<str:screen_token>/", screen.screen, name="screen"),
    path("screen/<str:screen_token>/main/", screen.screen_main, name="screen-main"),
    # The facilitator: workshops and the cockpit
    path("workshops/", workshops.workshop_list, name="workshops"),
    path("workshops/new/", workshops.new_workshop, name="workshop-new"),
    path("workshops/<str:public_id>/", cockpit.cockpit, name="cockpit"),
    path("workshops/<str:public_id>/live/", cockpit.cockpit_live, name="cockpit-live"),
    path("workshops/<str:public_id>/end/", cockpit.end_workshop, name="workshop-end"),
    *(
        path(
            f"workshops/<str:public_id>/stages/<int:stage_id>/{verb}/",
            cockpit.stage_action,
            {"verb": verb},
            name=f"stage-{verb}",
        )
        for verb in cockpit.VERBS
    ),
]
