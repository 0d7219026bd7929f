"""A finished maandbeeld as phone picture, pages, message, caption and sheet; decides nothing, words least of all."""

from bot.render.message import caption, message
from bot.render.pages import pdf, picture
from bot.render.sheets import csv_file, xlsx

__all__ = ["caption", "csv_file", "message", "pdf", "picture", "xlsx"]
