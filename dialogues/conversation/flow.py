"""Which step comes next for this person, given what was answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from dialogues.conversation.definition import Branch, Choice, Closing, Definition, OpenText, Step
from dialogues.conversation.session import Session

_BRANCHES: Final = tuple(Branch)  # an enum makes its members into a row anew each time, which takes long


def branch_of(definition: Definition, session: Session) -> Branch | None:
    """The branch opened by the last answered step on the way to the waiting one; None before that.

    Answers that still stand at steps further on, after "Terug", open nothing yet.
    """
    return _opened(definition, session, session.path)


def next_step(definition: Definition, session: Session) -> Step:
    """The first step after the waiting one that applies; a definition always ends in a closing that does."""
    branch = _opened(definition, session, (*session.path, session.step))
    return next(step for step in _after(definition, session) if _applies(step, session, branch))


def first_step(definition: Definition, session: Session) -> Step:
    """The step a dialogue begins with; ``session.step`` is not looked at."""
    return next(step for step in definition.steps[session.audience] if _applies(step, session, None))


def position(definition: Definition, session: Session) -> tuple[int, int]:
    """Which question this is and how many there are, both counted from 1.

    What may still be asked is counted as if it will be, so going on can only shrink the total.
    """
    here = definition.step(session.audience, session.step)
    branches = _possible_branches(definition, session, here)
    ahead = [here]
    for step in _after(definition, session):
        needs_text = isinstance(step, Choice) and step.after_text
        if needs_text and not (isinstance(ahead[-1], OpenText) and may_share(definition, session, ahead[-1])):
            continue
        if _meant_for(step, session, branches) and not isinstance(step, Closing):
            ahead.append(step)
    number = len(session.path) + 1
    return number, number + len(ahead) - 1


def may_share(definition: Definition, session: Session, step: OpenText) -> bool:
    """Whether a text typed at this step may be shared: the author asks it next, and no other text is shared yet."""
    taken = session.text is not None and session.text.shared and session.text.step != step.id
    steps = definition.steps[session.audience]
    following = steps[steps.index(step) + 1]
    return session.sharing and not taken and isinstance(following, Choice) and following.after_text


def _possible_branches(definition: Definition, session: Session, here: Step) -> Collection[Branch | None]:
    now = branch_of(definition, session)
    to_come = (here, *_after(definition, session))
    return (now, *_BRANCHES) if any(_opens_branches(step) for step in to_come) else (now,)


def _opens_branches(step: Step) -> bool:
    return isinstance(step, Choice) and any(option.branch for option in step.options)


def _opened(definition: Definition, session: Session, way: Collection[str]) -> Branch | None:
    found: Branch | None = None
    for step in definition.steps[session.audience]:
        if isinstance(step, Choice) and step.id in way and step.id in session.answers:
            chosen = session.answers[step.id][0]
            found = next((option.branch for option in step.options if option.value == chosen), None) or found
    return found


def _after(definition: Definition, session: Session) -> tuple[Step, ...]:
    steps = definition.steps[session.audience]
    index = next(number for number, step in enumerate(steps) if step.id == session.step)
    return steps[index + 1 :]


def _applies(step: Step, session: Session, branch: Branch | None) -> bool:
    if isinstance(step, Choice) and step.after_text and (session.text is None or session.text.step != session.step):
        return False
    return _meant_for(step, session, (branch,))


def _meant_for(step: Step, session: Session, branches: Collection[Branch | None]) -> bool:
    if not isinstance(step, Closing) and not session.way.passes(step.way):
        return False
    return any(
        step.when.holds(branch=branch, facts=session.all_facts)
        and (
            not isinstance(step, OpenText)
            or any(phrase.when.holds(branch=branch, facts=session.all_facts) for phrase in step.phrases)
        )
        for branch in branches
    )


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
