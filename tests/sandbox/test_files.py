"""Pictures, documents and albums, over multipart and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.sandbox.pictures import Picture, plain_png, read_picture
from tests.sandbox.conftest import ANNA

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox

PNG = plain_png(390, 844)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100")


async def test_a_photo_arrives_and_can_be_fetched(sandbox: Sandbox) -> None:
    """The size is read from the bytes; the phone shows it, getFile and download give the same bytes back."""
    await sandbox.start(ANNA)
    message = await sandbox.bot.send_photo(ANNA, PNG, caption="<b>September</b>", parse_mode="HTML")
    assert (message.photo[-1].width, message.photo[-1].height) == (390, 844)
    assert message.caption == "September"
    file = await sandbox.bot.get_file(message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG
    shown = (await sandbox.shown(ANNA))[-1]
    assert shown["kind"] == "photo"
    answer = await sandbox.http.get(shown["file"]["url"])
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")


async def test_a_photo_can_be_sent_again_by_its_id(sandbox: Sandbox) -> None:
    """A file_id saves a second upload; an unknown one is refused."""
    await sandbox.start(ANNA)
    first = await sandbox.bot.send_photo(ANNA, PNG)
    second = await sandbox.bot.send_photo(ANNA, first.photo[-1].file_id)
    assert second.photo[-1].file_unique_id == first.photo[-1].file_unique_id
    assert await sandbox.refused("sendPhoto", chat_id=ANNA, photo="AgACAgQ") == (
        "400 Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
    )
    assert await sandbox.refused("getFile", file_id="AgACAgQ") == "400 Bad Request: invalid file_id"


async def test_what_is_no_picture_is_refused(sandbox: Sandbox) -> None:
    """Text, a thin strip, an absent photo, one too large and a caption too long."""
    await sandbox.start(ANNA)
    for content, refusal in (
        (b"geen plaatje", "Image_process_failed"),
        (plain_png(30, 900), "Photo_invalid_dimensions"),
        (plain_png(5001, 5000), "Photo_invalid_dimensions"),
    ):
        with pytest.raises(BadRequest, match=refusal):
            await sandbox.bot.send_photo(ANNA, content)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await sandbox.bot.send_photo(ANNA, PNG, caption="a" * 1025)
    assert await sandbox.refused("sendPhoto", chat_id=ANNA) == "400 Bad Request: there is no photo in the request"


async def test_a_document_keeps_its_name(sandbox: Sandbox) -> None:
    """Name and media type survive; what a browser could run is only offered as a download."""
    await sandbox.start(ANNA)
    message = await sandbox.bot.send_document(ANNA, b"%PDF-1.7", filename="maandbeeld.pdf", caption="Voor het team")
    assert message.document is not None
    assert (message.document.file_name, message.document.mime_type) == ("maandbeeld.pdf", "application/pdf")
    page = await sandbox.bot.send_document(ANNA, b"<script>", filename="x.html")
    assert page.document is not None
    shown = (await sandbox.shown(ANNA))[-1]
    answer = await sandbox.http.get(shown["file"]["url"])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await sandbox.bot.send_document(ANNA, b"", filename="leeg.txt")


async def test_an_album_is_sent_whole_or_not_at_all(sandbox: Sandbox) -> None:
    """Two pictures share an album; a mixed or too long album sends nothing."""
    await sandbox.start(ANNA)
    album = await sandbox.bot.send_media_group(ANNA, [InputMediaPhoto(PNG, caption="één"), InputMediaPhoto(PNG)])
    assert len({message.media_group_id for message in album}) == 1
    assert [message.caption for message in album] == ["één", None]
    mixed = [InputMediaPhoto(PNG), InputMediaDocument(b"x", filename="x.txt")]
    with pytest.raises(BadRequest, match="Documents can't be mixed with other media types"):
        await sandbox.bot.send_media_group(ANNA, mixed)
    with pytest.raises(BadRequest, match="Too many messages to send as an album"):
        await sandbox.bot.send_media_group(ANNA, [InputMediaPhoto(PNG)] * 11)
    assert len(await sandbox.shown(ANNA)) == 3


async def test_media_and_caption_can_be_edited(sandbox: Sandbox) -> None:
    """A text turns into a picture, the picture into another, the caption changes; the same again is refused."""
    await sandbox.start(ANNA)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Deel", callback_data="d")]])
    message = await sandbox.bot.send_message(ANNA, "even geduld")
    with_picture = await message.edit_media(InputMediaPhoto(PNG, caption="één"), reply_markup=keyboard)
    assert with_picture is not True
    assert with_picture.photo
    with pytest.raises(BadRequest, match="Message is not modified"):
        await message.edit_media(InputMediaPhoto(PNG, caption="één"), reply_markup=keyboard)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await message.edit_text("tekst")
    edited = await message.edit_caption("twee", reply_markup=keyboard)
    assert edited is not True
    assert edited.caption == "twee"
    other = await message.edit_media(InputMediaPhoto(plain_png(200, 200)))
    assert other is not True
    assert other.photo[-1].width == 200


def test_picture_sizes_are_read_from_the_bytes() -> None:
    """PNG and JPEG are known, anything else is no picture."""
    assert read_picture(PNG) == Picture("image/png", 390, 844)
    assert read_picture(JPEG) == Picture("image/jpeg", 3, 2)
    assert read_picture(b"GIF89a") is None
    assert read_picture(b"\xff\xd8\xff") is None
