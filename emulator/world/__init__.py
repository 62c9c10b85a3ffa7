"""The state behind the Bot API: people, bots, chats, messages, and who may see and do what."""
