"""Bot API emulator: one stateful world of chats behind Telegram's own methods, errors and updates."""
