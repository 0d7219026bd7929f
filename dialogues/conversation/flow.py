"""Which step comes next for this person, given what was answered."""

from __future__ import annotations

from dataclasses import replace

from dialogues.conversation.definition import Branch, Choice, Closing, Definition, OpenText, Step
from dialogues.conversation.session import Session


def branch_of(definition: Definition, session: Session) -> Branch | None:
    """The branch opened by the last answered step that opens one; None before that."""
    found: Branch | None = None
    for step in definition.steps[session.audience]:
        if isinstance(step, Choice) and step.id in session.answers:
            chosen = session.answers[step.id][0]
            found = next((option.branch for option in step.options if option.value == chosen), None) or found
    return found


def next_step(definition: Definition, session: Session) -> Step:
    """The first step after the waiting one that applies; a definition always ends in a closing that does."""
    return _following(definition, session, branch_of(definition, session))[0]


def first_step(definition: Definition, session: Session) -> Step:
    """The step a dialogue begins with; ``session.step`` is not looked at."""
    return next(step for step in definition.steps[session.audience] if _applies(step, session, None))


def position(definition: Definition, session: Session) -> tuple[int, int]:
    """Which question this is and how many there are, both counted from 1.

    Before the branch is known the longest way is assumed, so the total can only shrink.
    """
    branch = branch_of(definition, session)
    ahead = [step for step in _following(definition, session, branch or Branch.LOW) if not isinstance(step, Closing)]
    here = len(session.path) + 1
    return here, here + len(ahead)


def _following(definition: Definition, session: Session, branch: Branch | None) -> list[Step]:
    steps = definition.steps[session.audience]
    index = next(number for number, step in enumerate(steps) if step.id == session.step)
    return [step for step in steps[index + 1 :] if _applies(step, session, branch)]


def _applies(step: Step, session: Session, branch: Branch | None) -> bool:
    if not step.when.holds(branch=branch, facts=session.facts):
        return False
    if isinstance(step, Choice) and step.after_text:
        return session.sharing and bool(session.typed) and session.typed[-1] in (*session.path[-1:], session.step)
    if isinstance(step, OpenText):
        return any(phrase.when.holds(branch=branch, facts=session.facts) for phrase in step.phrases)
    return True


def moved(session: Session, to: Step) -> Session:
    """The session with ``to`` as its waiting step, on a new visit."""
    return replace(
        session,
        step=to.id,
        path=(*session.path, session.step),
        visit=session.visit + 1,
        switched={},
        all_shown=False,
        ended=isinstance(to, Closing),
    )
