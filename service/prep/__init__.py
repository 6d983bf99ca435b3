"""What a seeker needs for a chat with one person, from the ask to the thanks. No Flask here."""

from service.prep.calendar import Appointment, calendar_file
from service.prep.focus import Focus
from service.prep.kit import ChatKit, chat_kit
from service.prep.preparing import Preparer
from service.prep.times import LENGTHS

__all__ = ["LENGTHS", "Appointment", "ChatKit", "Focus", "Preparer", "calendar_file", "chat_kit"]
