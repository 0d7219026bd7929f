"""Files: what comes with a call, what was sent before, getFile."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.pictures import read_picture
from bot.sandbox.wire import JsonObject, file_json

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments, UploadedFile
    from bot.sandbox.model import StoredFile
    from bot.sandbox.state import SandboxState

PHOTO_LIMIT_BYTES = 10 * 1024 * 1024
DOCUMENT_LIMIT_BYTES = 50 * 1024 * 1024
DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024
PHOTO_SIDES_LIMIT = 10_000
PHOTO_RATIO_LIMIT = 20


async def get_file(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Tell under which path a file can be downloaded."""
    if not arguments.has("file_id"):
        raise bad_request("file_id not specified")
    file = state.files.get(arguments.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > DOWNLOAD_LIMIT_BYTES:
        raise bad_request("file is too big")
    return file_json(file)


def read_photo(state: SandboxState, arguments: Arguments, value: str, *, field: str) -> StoredFile:
    """A picture of a call: uploaded, attached or sent before. Raises ApiError when it is no fit picture."""
    upload = _upload(arguments, value, field=field)
    if upload is None:
        return _sent_before(state, value, kind="photo")
    if len(upload.content) > PHOTO_LIMIT_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    picture = read_picture(upload.content)
    if picture is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = picture.width, picture.height
    if width + height > PHOTO_SIDES_LIMIT or max(width, height) > PHOTO_RATIO_LIMIT * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    name = f"photo.{picture.mime.removeprefix('image/')}"
    return state.store_file(upload.content, name=name, mime=picture.mime, kind="photos", width=width, height=height)


def read_document(state: SandboxState, arguments: Arguments, value: str, *, field: str) -> StoredFile:
    """A document of a call: uploaded, attached or sent before. Raises ApiError when it is empty or too big."""
    upload = _upload(arguments, value, field=field)
    if upload is None:
        return _sent_before(state, value, kind="document")
    if len(upload.content) > DOCUMENT_LIMIT_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    if not upload.content:
        raise bad_request("file must be non-empty")
    mime = mimetypes.guess_type(upload.name)[0] or upload.mime
    return state.store_file(upload.content, name=upload.name, mime=mime, kind="documents")


def _upload(arguments: Arguments, value: str, *, field: str) -> UploadedFile | None:
    attached = value.removeprefix("attach://") if value.startswith("attach://") else field
    return arguments.files.get(attached)


def _sent_before(state: SandboxState, value: str, *, kind: str) -> StoredFile:
    if not value or value.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = state.files.get(value)
    if file is None:
        raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    return file
