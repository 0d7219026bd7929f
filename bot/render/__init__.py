"""A finished maandbeeld as phone picture, page to print, message and caption; decides nothing, words least of all."""

from bot.render.message import caption, message
from bot.render.pages import pdf, picture

__all__ = ["caption", "message", "pdf", "picture"]
