"""Why a use case refuses.

Refusal                 base; the chat turns each into a kind Dutch sentence
├── NotAllowed          the person may not do this (says nothing about whether it exists)
├── NoLongerOpen        the round or question has closed meanwhile
├── StepEnded           the team works no more on the step that is asked after
├── OtherStep           a button is about a step that is not the one the team works on
├── AlreadyEnded        this dialogue was finished before; nothing changed
├── AlreadySo           what is asked was done before, by a tap that came twice or from an old button; nothing changed
├── MovedOn             the dialogue goes on in another message of the chat
├── ContentChanged      the buttons of a dialogue outside a round do not fit what it asks now
├── TextTooLong         a text that is passed on must be short
├── NewerMaandbeeld     there is a newer maandbeeld, and what is tapped is not among what this one left open
├── InvitationInvalid   unknown, expired, used up: one answer for all three
├── TooManyGuesses      too many links that do not work: for a while none is looked at
├── NoRoundForText      no open round in which a text could ever be shared
├── RoleConflict        who reads a team's maandbeeld cannot answer in it (privacy rule 8)
└── LastCoordinator     the last coordinator of an area leaves by the command line only
"""

from __future__ import annotations


class Refusal(Exception):
    """Base of everything a use case refuses; never holds an answer."""


class NotAllowed(Refusal):
    """The person lacks the role for this, or the thing does not exist; the two are not told apart."""


class NoLongerOpen(Refusal):
    """The round has closed, so nothing can be added or changed."""


class StepEnded(Refusal):
    """The step was stopped, kept or replaced since the question went out; nothing needs an answer."""


class OtherStep(Refusal):
    """What was decided is about a step that ended, or about one that was not said: nothing was changed."""


class AlreadyEnded(Refusal):
    """The dialogue of this button has ended; what was given is kept."""


class AlreadySo(Refusal):
    """It was done before and cannot be done twice; for who may know that."""


class MovedOn(Refusal):
    """The dialogue runs in a newer message; this button belongs to an old one."""


class ContentChanged(Refusal):
    """The way a button carries does not fit the dialogue as it is now; nothing was kept of it anyway."""


class TextTooLong(Refusal):
    """The text is longer than what may be passed on; nothing was kept of it."""


class NewerMaandbeeld(Refusal):
    """There is a newer maandbeeld: what was said to this one stays as it is, but for what it left open."""


class InvitationInvalid(Refusal):
    """The invitation is unknown, expired or used up; the reasons are not told apart."""


class TooManyGuesses(Refusal):
    """Somebody tried so many invitations that do not work that for a while no link of theirs is looked at."""


class NoRoundForText(Refusal):
    """No open round asks this person together with enough others, so a text could never be shared."""


class RoleConflict(Refusal):
    """Someone who reads this team's maandbeeld cannot be one of its respondents, nor the other way round."""


class LastCoordinator(Refusal):
    """The only coordinator of an area cannot leave from the chat."""
