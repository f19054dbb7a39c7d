"""Tests the search: every kind of text, any case in any script, days in words, and only within what one may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from backend.actions import episodes, events, families, follow_ups, goals, groups, handover, sessions
from backend.actions.events import Change, Opinion
from backend.actions.found_text import holds, parts_of, patterns_of
from backend.actions.search import Hits, search
from backend.clock import now, today
from backend.database import transaction
from backend.models import AuditEntry, Event, FamilyWords
from backend.problems import Problem
from tests.factories import Case, a_case, a_house, a_session, somebody

TODAY = ((today(), today()),)


def a_full_case(app: Flask) -> Case:
    """Makes a family in which every kind of text has the word "skærsommer", in one case or another."""
    house = a_house()
    case, colleague = a_case(somebody(house)), somebody(house).actor.staff_id
    actor, episode_id = case.therapist.actor, case.episode.id
    families.add_family(actor, "Skærsommer 3")
    families.add_member(actor, case.family.id, "Skærsommer", "2014-01", "child")
    episodes.add_rater(actor, episode_id, case.member.id, "teacher", "Lærer SKÆRSOMMER")
    held = a_session(case)
    sessions.write_note(actor, held.id, "Vi talte om skærsommeren i fjor.")
    goals.write_goal(actor, episode_id, "En SKÆRSOMMER uden råb", "improve")
    follow_ups.promise(actor, episode_id, case.member.id, "Ring om Skærsommer")
    groups.create_group(actor, "Skærsommergruppen", today(), [case.member.id])
    handover.hand_over_episode(actor, episode_id, colleague, today() + timedelta(days=5), "At tale om SKÆRSOMMER")
    with transaction(actor.agency_id) as session:
        written = {"written_by": actor.staff_id, "created_at": now()}
        session.add(FamilyWords(session_id=held.id, member_id=case.member.id, words="skærsommer!", **written))
        session.add(an_event(case, "Lejr", "Hver skærsommer"))
    return case


def an_event(case: Case, name: str, reason: str) -> Event:
    given = {"kind": "life", "since": today(), "written_by": case.therapist.actor.staff_id, "created_at": now()}
    return Event(episode_id=case.episode.id, name=name, reason=reason, **given)


def kinds(found: tuple[Hits, ...]) -> list[str]:
    return [hits.kind for hits in found]


def hit(hits: Hits) -> str:
    return "".join(part.text for part in hits.shown[0].parts if part.hit)


def test_everything_that_staff_types_is_found_whatever_its_case(app: Flask) -> None:
    with app.app_context():
        case = a_full_case(app)
        found = search(case.therapist.actor, "SKÆRsommer")
    every = ["family", "member", "rater", "follow_up", "goal", "event", "handover", "words", "note", "group"]
    assert kinds(found) == every
    assert {hit(hits).casefold() for hits in found} == {"skærsommer"}


def test_a_day_finds_its_sessions_follow_ups_events_and_groups(app: Flask) -> None:
    with app.app_context():
        case = a_full_case(app)
        follow_ups.promise(case.therapist.actor, case.episode.id, None, "I dag", today())
        found = search(case.therapist.actor, "i dag", TODAY)
    assert kinds(found) == ["follow_up", "event", "session", "group"]
    assert {hits.shown[0].on for hits in found} == {today()}


def test_nothing_of_another_therapist_s_is_found_and_a_leader_finds_the_team_s(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case = a_case(somebody(house))
        a_session(case)
        for stranger in (somebody(house), somebody(a_house()), somebody(house, "evaluator")):
            assert search(stranger.actor, case.family.alias, TODAY) == ()
        leader = somebody(house, "leader").actor
        assert kinds(search(leader, case.family.alias, TODAY)) == ["family", "session"]


TYPED = pytest.mark.parametrize(
    ("words", "text"),
    [
        ("100% sikker", "Han er 100% sikker"),
        ("under_streg", "et under_streg her"),
        ("c:\\mappe", "c:\\mappe"),
        ("ørkenÅR", "Ørkenår"),
        ("straße", "STRASSE"),
        ("café", "Cafe\u0301en"),
        ("ååå", "ÅÅÅ"),
        ("på", "PA\u030a"),
        ("نريد", "نريد أن ننام"),
        ("🙂", "Godt 🙂 nok"),
        ("Привет", "ПРИВЕТ"),
        ("talte skole", "Om skole talte vi"),
        ('sagde "nej"', 'Hun sagde "nej"\nto gange'),
    ],
)


@TYPED
def test_words_are_found_as_they_are_meant(app: Flask, words: str, text: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        goals.write_goal(case.therapist.actor, case.episode.id, text, "keep")
        (found,) = search(case.therapist.actor, words)
    assert found.kind == "goal"
    assert hit(found)


@TYPED
def test_what_was_said_in_a_disagreement_is_found(app: Flask, words: str, text: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        an_opinion(case, text)
        (found,) = search(case.therapist.actor, words)
    assert (found.kind, len(found.shown)) == ("event", 1)
    assert hit(found)


@pytest.mark.parametrize("words", ["agrees", "member_id", "false", "u00e6", "{}", "10% sikker", "\\u00"])
def test_what_only_holds_the_words_of_a_disagreement_is_not_found(app: Flask, words: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        an_opinion(case, "Hun er 100 procent sikker på æbler")
        an_opinion(case, "")
        assert search(case.therapist.actor, words) == ()


def an_opinion(case: Case, words: str) -> None:
    said = (Opinion(case.member.id, agrees=False, words=words),)
    events.write_event(case.therapist.actor, case.episode.id, Change("life", "Flytning", today(), agreement=said))


def test_what_helped_is_found_by_who_has_the_family_and_by_the_team_s_leader_alone(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, following, leader = a_case(somebody(house)), somebody(house), somebody(house, "leader")
        stranger = a_case(somebody(house)).therapist
        helped = "At tegne familiekortet"
        handover.hand_over_episode(case.therapist.actor, case.episode.id, following.actor.staff_id, today(), helped)
        for person in (following, leader):
            (found,) = search(person.again(), "familiekort")
            (one,) = found.shown
            assert (found.kind, one.on, one.episode_id) == ("handover", today(), case.episode.id)
        for person in (case.therapist, stranger, somebody(a_house()), somebody(house, "evaluator")):
            assert search(person.again(), "familiekort") == ()


@pytest.mark.parametrize("words", ["10% sikker", "unders_treg", "%%", "__", "\\\\", "skole 99"])
def test_signs_of_the_database_mean_themselves(app: Flask, words: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        goals.write_goal(
            case.therapist.actor, case.episode.id, "Han er 100 procent sikker på understreg og skole", "keep"
        )
        assert search(case.therapist.actor, words) == ()


def test_a_word_may_be_in_the_family_s_name_when_another_is_in_the_text(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case, other = a_case(therapist), a_case(therapist)
        for one in (case, other):
            goals.write_goal(therapist.actor, one.episode.id, "Ro om morgenen", "keep")
        (found,) = search(therapist.actor, f"morgenen {case.family.alias}")
    assert [one.family for one in found.shown] == [case.family.alias]


def test_ten_are_shown_of_a_kind_and_the_rest_are_counted(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        for number in range(13):
            goals.write_goal(case.therapist.actor, case.episode.id, f"Ro nummer {number}", "keep")
        (found,) = search(case.therapist.actor, "ro")
    assert (len(found.shown), found.more) == (10, 3)


def test_what_was_taken_back_or_replaced_is_not_found(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        row = follow_ups.promise(case.therapist.actor, case.episode.id, None, "Ring om flytning")
        follow_ups.withdraw(case.therapist.actor, row.id)
        old, gone = (
            events.write_event(case.therapist.actor, case.episode.id, Change("life", name, today()))
            for name in ("Flytning til Aarhus", "Flytning i dag")
        )
        events.replace_event(case.therapist.actor, old.id, Change("life", "Flytning til Odense", today()))
        events.withdraw_event(case.therapist.actor, gone.id)
        (found,) = search(case.therapist.actor, "flytning")
    assert ["".join(part.text for part in one.parts) for one in found.shown] == ["Flytning til Odense"]


def test_a_group_of_several_families_is_found_once(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        people = [a_case(therapist).member.id for _ in range(3)]
        groups.create_group(therapist.actor, "Fædregruppen", today(), people)
        (found,) = search(therapist.actor, "fædre")
    assert (found.kind, len(found.shown), found.more) == ("group", 1, 0)


def test_a_search_leaves_one_entry_without_its_words(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        search(case.therapist.actor, "Maria")
        with transaction(case.therapist.actor.agency_id, writes=False) as session:
            entry = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
    assert (entry.verb, entry.subject_id, entry.member_id) == ("search", None, None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("m", "Skriv mindst to tegn."),
        ("ø", "Skriv mindst to tegn."),
        ("🙂 \u200f" * 500, "Skriv højst 200 tegn. Der er "),
        ("010190-1234", "Det ligner et CPR-nummer."),
        ("a\0b", "Teksten indeholder tegn, der ikke kan vises."),
    ],
)
def test_words_that_cannot_be_looked_for_are_refused(app: Flask, text: str, sentence: str) -> None:
    with app.app_context():
        person = somebody(a_house())
        with pytest.raises(Problem) as refused:
            search(person.actor, text)
    assert refused.value.fields["q"].startswith(sentence)


def test_no_words_find_nothing(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        assert search(case.therapist.actor, "  ") == ()


def test_a_session_of_another_day_is_not_of_the_day(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_session(case, today() - timedelta(days=1))
        assert search(case.therapist.actor, "i dag", TODAY) == ()
        month = ((date(2026, 1, 1), today()),)
        assert kinds(search(case.therapist.actor, "i år", month)) == ["session"]


def test_a_long_text_is_cut_around_the_first_hit() -> None:
    text = "før " * 60 + "Skolen" + " efter" * 60
    parts = parts_of(text, ("skolen",))
    assert [part.text for part in parts if part.hit] == ["Skolen"]
    assert (parts[0].text[0], parts[-1].text[-1]) == ("…", "…")
    assert sum(len(part.text) for part in parts) < 200


def test_hits_that_touch_are_one_and_signs_that_fold_to_two_are_whole() -> None:
    assert [(part.text, part.hit) for part in parts_of("Straße ren", ("strasse",))] == [
        ("Straße", True),
        (" ren", False),
    ]
    assert [(part.text, part.hit) for part in parts_of("abab", ("ab", "ba"))] == [("abab", True)]
    assert parts_of("", ("ab",)) == ()


def test_a_pattern_writes_each_letter_in_every_way_and_escapes_the_database_s_own_signs() -> None:
    assert patterns_of("a_1%\\") == ["%a\\_1\\%\\\\%"]
    assert patterns_of("øn") == ["%øn%", "%Øn%"]
    assert patterns_of("å") == ["%å%", "%Å%", "%a\u030a%", "%A\u030a%"]
    assert patterns_of("نريد🙂") == ["%نريد🙂%"]
    assert patterns_of("ååå") == ["%%%%%"]
    assert holds(("å",), "A\u030a")
