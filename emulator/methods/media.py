"""Sending files, albums and other content that is not text."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.common import author_of, caption_of, resolve_place, send
from emulator.methods.registry import Request, method
from emulator.world.files import StoredFile, Upload
from emulator.world.model import Json
from emulator.world.posts import post

MAX_ALBUM = 10
MIXED = frozenset({"photo", "video", "live_photo"})


@dataclass(frozen=True, slots=True)
class Kind:
    """How a file of this kind looks in a message: fixed parts and those the request may give."""

    name: str
    mime: str | None = None
    fixed: Json = field(default_factory=dict)
    given: tuple[str, ...] = ()
    captioned: bool = True
    named: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind("photo"),
        Kind("document", named=True),
        Kind(
            "video",
            "video/mp4",
            {"width": 1280, "height": 720, "duration": 10},
            ("width", "height", "duration", "start_timestamp"),
            named=True,
        ),
        Kind(
            "animation",
            "video/mp4",
            {"width": 480, "height": 270, "duration": 3},
            ("width", "height", "duration"),
            named=True,
        ),
        Kind(
            "audio",
            "audio/mpeg",
            {"duration": 60},
            ("duration", "performer", "title"),
            named=True,
        ),
        Kind("voice", "audio/ogg", {"duration": 5}, ("duration",)),
        Kind(
            "video_note",
            None,
            {"length": 240, "duration": 5},
            ("duration", "length"),
            captioned=False,
        ),
        Kind(
            "sticker",
            None,
            {
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
            },
            ("emoji",),
            captioned=False,
        ),
    )
}
WIDTHS = ((320, 180), (1280, 720))


def resolve_file(request: Request, kind: str, reference: str) -> StoredFile:
    """Return the file a parameter names: an upload, an address or the identifier of a known file."""
    files = request.world.files
    if reference.startswith("attach://"):
        upload = request.files.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        return files.store(kind, upload, owner=request.bot.id)
    if reference.startswith(("http://", "https://")):
        name = PurePosixPath(reference).name or "file"
        return files.store(kind, Upload(name, reference.encode()), owner=request.bot.id)
    stored = files.get(reference, request.bot.id)
    if stored.kind != kind and not {stored.kind, kind} <= {"document", "animation"}:
        names = (stored.kind.replace("_", "").title(), kind.replace("_", "").title())
        raise bad_request(f"can't use file of type {names[0]} as {names[1]}")
    return stored


def file_content(kind: Kind, stored: StoredFile, params: Json) -> Json:
    """Return the field of Message that carries the file."""
    if kind.name == "photo":
        sizes = [
            stored.view() | {"width": width, "height": height, "file_unique_id": unique}
            for (width, height), unique in zip(
                WIDTHS, (f"{stored.unique_id}s", stored.unique_id), strict=True
            )
        ]
        return {"photo": sizes}
    view = stored.view() | kind.fixed
    view |= {name: params[name] for name in kind.given if name in params}
    mime = kind.mime or (stored.upload.content_type if kind.named else None)
    if mime:
        view["mime_type"] = mime
    if kind.named:
        view["file_name"] = stored.upload.filename
    content: Json = {kind.name: view}
    if kind.name == "animation":
        content["document"] = stored.view() | {
            "file_name": stored.upload.filename,
            "mime_type": "video/mp4",
        }
    return content


def media_content(request: Request, kind: Kind, reference: str, params: Json) -> Json:
    """Return file, caption and spoiler mark."""
    content = file_content(kind, resolve_file(request, kind.name, reference), params)
    if kind.captioned:
        content |= caption_of(request.world, params)
    if params.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


@method(
    "sendPhoto",
    "sendDocument",
    "sendVideo",
    "sendAnimation",
    "sendAudio",
    "sendVoice",
    "sendVideoNote",
    "sendSticker",
)
def send_file(request: Request) -> Json:
    """Send one file."""
    name = request.method.removeprefix("send")
    kind = KINDS["video_note" if name == "VideoNote" else name.lower()]
    content = media_content(request, kind, request[kind.name], request.params)
    return send(request, kind.name, content)


def album_part(request: Request, part: Json) -> Json:
    """Return the content of one InputMedia."""
    kind = KINDS.get(part["type"])
    if kind is None or not kind.captioned or kind.name == "voice":
        raise bad_request("can't use the media of the specified type in the album")
    return media_content(request, kind, part["media"], part)


@method("sendMediaGroup")
def send_media_group(request: Request) -> list[Json]:
    """Send an album: up to ten files under one media_group_id. A single file goes without one."""
    parts = request["media"]
    if not parts:
        raise bad_request("there are no messages to send")
    if len(parts) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {part["type"] for part in parts}
    if "animation" in kinds and len(parts) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            raise bad_request(f"{alone} can't be mixed with other media types")
    contents = [album_part(request, part) for part in parts]
    place = resolve_place(request, parts[0]["type"])
    shared: Json = {"media_group_id": request.world.next_album_id()} if len(parts) > 1 else {}
    if request.get("protect_content"):
        shared["has_protected_content"] = True
    author = author_of(place.chat, request.bot)
    return [
        post(
            request.world,
            place.chat,
            author,
            content | shared,
            thread_id=place.thread_id,
            reply_to=place.reply_to,
        ).view
        for content in contents
    ]


def _location(params: Json) -> Json:
    if not -90 <= params["latitude"] <= 90 or not -180 <= params["longitude"] <= 180:  # noqa: PLR2004
        raise bad_request("wrong latitude or longitude specified")
    names = (
        "latitude",
        "longitude",
        "horizontal_accuracy",
        "live_period",
        "heading",
        "proximity_alert_radius",
    )
    return {name: params[name] for name in names if name in params}


@method("sendLocation")
def send_location(request: Request) -> Json:
    """Send a point on the map."""
    return send(request, "location", {"location": _location(request.params)})


@method("sendVenue")
def send_venue(request: Request) -> Json:
    """Send a place with its name and address."""
    location = _location(request.params)
    names = (
        "title",
        "address",
        "foursquare_id",
        "foursquare_type",
        "google_place_id",
        "google_place_type",
    )
    venue = {name: request[name] for name in names if name in request.params}
    return send(request, "venue", {"venue": {"location": location, **venue}, "location": location})


@method("sendContact")
def send_contact(request: Request) -> Json:
    """Send a phone contact."""
    if not request["phone_number"]:
        raise bad_request("phone number must be non-empty")
    if not request["first_name"] or length(request["first_name"]) > 64:  # noqa: PLR2004
        raise bad_request("first name must be non-empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: request[name] for name in names if name in request.params}
    return send(request, "contact", {"contact": contact})


DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


@method("sendDice")
def send_dice(request: Request) -> Json:
    """Send an animated emoji with a chance value."""
    emoji = request.get("emoji", "🎲").replace("\ufe0f", "")
    if emoji not in DICE:
        raise bad_request("DICE_EMOJI_INVALID")
    value = request.world.chance.randint(1, DICE[emoji])
    return send(request, "dice", {"dice": {"emoji": emoji, "value": value}})
