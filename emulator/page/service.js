// Service messages in words.

import { t } from "./i18n.js";

const name = (user) => (user ? `${user.first_name ?? user.title ?? ""} ${user.last_name ?? ""}`.trim() : "");

const OTHERS = [
  "delete_chat_photo", "new_chat_photo", "message_auto_delete_timer_changed", "video_chat_started", "video_chat_ended",
  "web_app_data", "users_shared", "chat_shared", "boost_added", "write_access_allowed", "proximity_alert_triggered",
];

export function serviceText(view) {
  const actor = name(view.from);
  if (view.new_chat_members) {
    const names = view.new_chat_members.map(name).join(", ");
    const itself = view.new_chat_members.length === 1 && view.new_chat_members[0].id === view.from?.id;
    return itself ? t("s_join", { name: names }) : t("s_added", { actor, name: names });
  }
  if (view.left_chat_member) {
    const gone = name(view.left_chat_member);
    return view.left_chat_member.id === view.from?.id ? t("s_left", { name: gone }) : t("s_removed", { actor, name: gone });
  }
  if (view.forum_topic_created) return t("s_topic", { name: view.forum_topic_created.name });
  if (view.forum_topic_edited) return view.forum_topic_edited.name ? t("s_topicEdited", { name: view.forum_topic_edited.name }) : t("s_topicEdit");
  if (view.forum_topic_closed) return t("s_topicClosed");
  if (view.forum_topic_reopened) return t("s_topicReopened");
  if (view.general_forum_topic_hidden) return t("s_generalHidden");
  if (view.general_forum_topic_unhidden) return t("s_generalShown");
  if (view.pinned_message) return t("s_pinned", { name: actor });
  if (view.new_chat_title) return t("s_title", { name: view.new_chat_title });
  if (view.group_chat_created || view.supergroup_chat_created || view.channel_chat_created) return t("s_created");
  if (view.migrate_to_chat_id || view.migrate_from_chat_id) return t("s_migrated");
  return t("s_other", { name: OTHERS.find((one) => one in view) ?? "" });
}
