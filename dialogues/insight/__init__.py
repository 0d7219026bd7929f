"""What may be said about the answers: the proved publication rule and the maandbeeld made with it."""

from dialogues.insight.bands import Band
from dialogues.insight.composing import compose
from dialogues.insight.counting import GivenAnswers, publish_round, respondents_enough, tally
from dialogues.insight.groups import Split
from dialogues.insight.listing import Listing, publish_listing, publish_wanted
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.publication import FLOOR, Publication, Rule, publish
from dialogues.insight.published import Outcome, PublishedElement, TeamFacts

__all__ = [
    "FLOOR",
    "Band",
    "GivenAnswers",
    "Listing",
    "Maandbeeld",
    "Outcome",
    "Publication",
    "PublishedElement",
    "Rule",
    "Split",
    "TeamFacts",
    "compose",
    "publish",
    "publish_listing",
    "publish_round",
    "publish_wanted",
    "respondents_enough",
    "tally",
]
