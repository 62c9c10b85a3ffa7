"""Names of permissions and administrator rights, and who has them.

Source: ChatPermissions and ChatAdministratorRights of Bot API 10.3.
"""

from collections.abc import Mapping

Flags = dict[str, bool]

SEND_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
)
PERMISSIONS = (
    *SEND_PERMISSIONS,
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
DEFAULT_PERMISSIONS: Flags = {
    name: name not in ("can_change_info", "can_pin_messages", "can_manage_topics")
    for name in PERMISSIONS
}
"""What everybody may do in a fresh supergroup."""

MEDIA = SEND_PERMISSIONS[1:7]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
    "can_send_welcome_messages",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
ALL_RIGHTS = (*ADMIN_RIGHTS, *CHANNEL_RIGHTS)


def every_right(chat_type: str) -> Flags:
    """Return all rights that an administrator of such a chat can have, granted."""
    return dict.fromkeys(rights_of(chat_type), True)


def rights_of(chat_type: str) -> tuple[str, ...]:
    """List the rights that exist in a chat of this type."""
    if chat_type == "channel":
        absent = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
        return tuple(name for name in ALL_RIGHTS if name not in absent)
    return ADMIN_RIGHTS


def restricted_permissions(given: Mapping[str, bool], *, independent: bool) -> Flags:
    """Read the ChatPermissions of a request.

    Without `use_independent_chat_permissions` the older implications hold: can_send_other_messages and
    can_add_web_page_previews imply all kinds of media, and each of these implies text; can_send_polls implies text.
    A missing can_manage_topics follows can_pin_messages; a missing can_react_to_messages and can_edit_tag follow
    can_send_messages.
    """
    asked = {name: bool(given.get(name, False)) for name in PERMISSIONS}
    if not independent:
        if asked["can_send_other_messages"] or asked["can_add_web_page_previews"]:
            asked.update(dict.fromkeys(MEDIA, True))
        if any(asked[name] for name in SEND_PERMISSIONS):
            asked["can_send_messages"] = True
    if "can_manage_topics" not in given:
        asked["can_manage_topics"] = asked["can_pin_messages"]
    for name in ("can_react_to_messages", "can_edit_tag"):
        if name not in given:
            asked[name] = asked["can_send_messages"]
    return asked
