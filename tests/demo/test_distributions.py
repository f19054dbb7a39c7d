"""Holds the shape of the whole invented caseload against the clinical notes, section 7, at one fixed seed."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from statistics import fmean, pstdev, pvariance

from backend.demo.caseload import negative_binomial
from backend.demo.invented import InventedFamily
from backend.demo.totals import Life, Pattern, middle, outcome_totals
from backend.instruments import packs
from backend.scoring import (
    OPEN_REFERENCE,
    AgeGroup,
    Scored,
    Zone,
    age_group,
    age_on,
    outcome_trajectory,
    reliable_change,
)
from tests.demo.making import UNTIL, answers, episodes, many, totals


def test_sessions_are_one_and_a_negative_binomial_number() -> None:
    rng = Random(1)
    drawn = [negative_binomial(rng, 4.8, 1.79) for _ in range(40_000)]
    none = (1 + 4.8 / 1.79) ** -1.79
    assert abs(fmean(drawn) - 4.8) < 0.1
    assert abs(pvariance(drawn) - (4.8 + 4.8**2 / 1.79)) < 0.8
    assert abs(drawn.count(0) / len(drawn) - none) < 0.01


def test_an_episode_has_about_six_sessions() -> None:
    assert abs(fmean(len(episode.sessions) for _, episode in episodes(many())) - 5.8) < 0.25


def test_first_totals_follow_the_published_means() -> None:
    rng = Random(2)
    for group, mean, sd in ((AgeGroup.ADULT, 195, 77.5), (AgeGroup.ADOLESCENT, 210, 72.5), (AgeGroup.CHILD, 210, 72.5)):
        drawn = [Life.drawn(rng, group).intake for _ in range(20_000)]
        assert abs(fmean(drawn) - mean) < 3
        assert abs(pstdev(drawn) - sd) < 4
        assert min(drawn) >= 0
        assert max(drawn) <= 400


def test_totals_lie_around_their_pattern_with_the_course_s_spread() -> None:
    rng = Random(3)
    life = Life(AgeGroup.ADULT, 180, Pattern.AS_EXPECTED)
    for n in (2, 3, 8):
        drawn = []
        for _ in range(4_000):
            course = outcome_totals(rng, life)
            drawn.append([next(course) for _ in range(n)][-1])
        assert abs(fmean(drawn) - middle(life, n)) < 4
        assert abs(pstdev(drawn) - 60) < 3


def test_patterns_run_as_they_are_called() -> None:
    run = {p: [middle(Life(AgeGroup.ADULT, 180, p), n) for n in range(1, 13)] for p in Pattern}
    assert all(course[0] == 180 for pattern, course in run.items() if pattern is not Pattern.DIP_THEN_RECOVER)
    assert run[Pattern.EARLY_PLATEAU][2] == run[Pattern.EARLY_PLATEAU][-1] < run[Pattern.AS_EXPECTED][-1]
    assert run[Pattern.DIP_THEN_RECOVER][2] < 180 < run[Pattern.DIP_THEN_RECOVER][6]
    steps = {round(later - earlier, 6) for earlier, later in pairwise(run[Pattern.SLOW_LINEAR][:10])}
    assert len(steps) == 1
    assert run[Pattern.DETERIORATING][-1] < 180 - 66


def test_between_five_and_ten_in_a_hundred_deteriorate() -> None:
    rng = Random(4)
    patterns = [Life.drawn(rng, AgeGroup.ADULT).pattern for _ in range(20_000)]
    assert 0.05 < patterns.count(Pattern.DETERIORATING) / len(patterns) < 0.10
    assert set(patterns) == set(Pattern)


def test_alliance_totals_are_about_thirty_six_and_rise() -> None:
    own = [line for _, episode in episodes(many()) for key, line in totals(episode).items() if key[2] == "srs"]
    every = [total for line in own for total in line]
    assert abs(fmean(every) - 360) < 5
    assert abs(pstdev(every) - 40) < 5
    assert max(every) == 400
    longer = [line for line in own if len(line) >= 5]
    assert fmean(line[4] for line in longer) - fmean(line[0] for line in longer) > 5


def test_eight_in_a_hundred_forms_are_skipped_with_a_reason() -> None:
    given = list(answers(many()))
    skipped = [answer for answer in given if answer.skipped_reason is not None]
    assert abs(len(skipped) / len(given) - 0.08) < 0.01
    assert not any(answer.marks for answer in skipped)


def test_twelve_to_twenty_in_a_hundred_close_unilaterally() -> None:
    closed = [episode.close_reason for _, episode in episodes(many()) if episode.closed_on is not None]
    assert 0.12 < closed.count("unilateral") / len(closed) < 0.20
    assert set(closed) == {"planned", "moved_on", "unilateral"}


def test_half_of_the_children_from_six_have_a_collateral_rater() -> None:
    rated = [
        any(rater.member == place for rater in episode.raters)
        for family, episode in episodes(many())
        for place, member in enumerate(family.members)
        if 6 <= age_on(member.birth_month, episode.opened_on) < 18
    ]
    assert abs(fmean(rated) - 0.5) < 0.03


def test_the_newest_sessions_reach_back_three_years() -> None:
    last = [family.episodes[-1].sessions[-1].held_on for family in many()]
    ago = [(UNTIL - day).days for day in last]
    assert max(ago) <= 3 * 365 + 2
    assert max(ago) > 3 * 365 - 30
    assert min(ago) == 0


def test_more_than_half_end_green_and_all_zones_occur() -> None:
    zones = [zone for family in many() for zone in last_zones(family)]
    assert 0.55 < zones.count(Zone.GREEN) / len(zones) < 0.70
    assert set(zones) == set(Zone)


def last_zones(family: InventedFamily) -> list[Zone]:
    """Gives the zone of everybody's own last total in each episode."""
    form, found = packs()["ors"], []
    for episode in family.episodes:
        for (member, rater, instrument), line in totals(episode).items():
            if rater is None and instrument == "ors" and len(line) > 1:
                group = age_group(age_on(family.members[member].birth_month, episode.opened_on))
                curve = outcome_trajectory(
                    [Scored(n, UNTIL, "ors", {}, total) for n, total in enumerate(line)],
                    group=group,
                    cutoff=form.cutoffs[group],
                    reliable_change=reliable_change(form.sd, form.alpha),
                    course=OPEN_REFERENCE,
                )
                assert curve.zone is not None
                found.append(curve.zone)
    return found
