"""Fetching files."""

from emulator.errors import bad_request
from emulator.methods.registry import Request, method
from emulator.world.files import MAX_DOWNLOAD
from emulator.world.model import Json


@method("getFile")
def get_file(request: Request) -> Json:
    """Return where a file of up to 20 MB can be fetched."""
    stored = request.world.files.get(request["file_id"], request.bot.id)
    if len(stored.upload.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.view() | {"file_path": stored.path}
