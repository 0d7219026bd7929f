"""An outbox in time that is only counted, for every test of what is sent and when."""

from __future__ import annotations

import pytest

from bot.chat.outbox import Outbox
from bot.chat.pace import Pace
from tests.support.fake_time import FakeTime


@pytest.fixture
def time():
    return FakeTime()


@pytest.fixture
def outbox(phone, time):
    return Outbox(phone.desk, pace=Pace(28, now=time, sleep=time.sleep))
