"""A finished maandbeeld as picture, pages, message, caption and sheet, and a year as pages; decides nothing at all."""

from bot.render.message import caption, message
from bot.render.pages import pdf, picture
from bot.render.sheets import csv_file, xlsx
from bot.render.year_pages import year_pdf

__all__ = ["caption", "csv_file", "message", "pdf", "picture", "xlsx", "year_pdf"]
