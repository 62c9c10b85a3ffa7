// What the page knows, and what it remembers between visits.

export const state = {
  person: null, // id
  chat: null, // id: a bot's for the private chat, a group's otherwise
  thread: 0,
  people: [],
  chats: [],
  talk: null,
  clock: null,
  online: true,
  tool: null,
  reply: null, // message answered to
  edit: null, // message being edited
  older: [], // messages loaded above the last page
};

export function currentChat() {
  return state.chats.find((chat) => chat.id === state.chat) ?? null;
}

export function currentPerson() {
  return state.people.find((person) => person.id === state.person) ?? null;
}

export function remember(name, value) {
  try {
    localStorage.setItem(`opora.${name}`, JSON.stringify(value));
  } catch {
    // a browser without storage forgets, nothing else
  }
}

export function recall(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(`opora.${name}`)) ?? fallback;
  } catch {
    return fallback;
  }
}
