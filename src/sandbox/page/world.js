// What the page knows of the world, and the line to the server.

export const world = { session: null, version: 0, people: new Map(), chats: new Map(), username: "", bot: null, faults: [], now: 0, turns: false };
/** The phones by person: what is open, unread and half written in each. */
export const phones = new Map();

/** What a link to this page would say to the bot, as t.me/<bot>?start=… would: the next START sends it. */
export const link = {
  payload: new URLSearchParams(location.search).get("start"),
  /** Who came by such a link in this window. */
  owner: Number(sessionStorage.getItem("baoxiu-owner")),
  /** It was used; a reload must not use it again. */
  used(person) {
    link.payload = null;
    link.owner = link.owner || person;
    sessionStorage.setItem("baoxiu-owner", link.owner);
    history.replaceState(null, "", location.pathname + location.hash);
  },
};

export const chatsOf = (id) => [...world.chats.values()].filter((chat) => chat.people.includes(id)).sort((a, b) => a.id - b.id);
export const groupOf = (id) => chatsOf(id).find((chat) => chat.title);

/** What a chat is called: the title of a group, the name of a person. */
export function nameOf(id) {
  const chat = world.chats.get(id);
  const person = world.people.get(id);
  return (chat && chat.title) || (person && person.first_name) || String(id);
}

async function post(path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(path, { method: "POST", headers: form ? {} : { "content-type": "application/json" }, body: form ? body : JSON.stringify(body) });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).result;
}

/** One action of a person. Fails when the server is gone. */
export const act = (what, user, chat, more) => post("/sandbox/act", { do: what, user, chat, ...more });

/** A file from a person; `seconds` for what has a length. */
export function upload(user, chat, kind, file, more) {
  const form = new FormData();
  for (const [key, value] of Object.entries({ user, chat, kind, ...more })) if (value !== undefined) form.append(key, value);
  form.append("file", file, file.name);
  return post("/sandbox/upload", form);
}

/** Asks for news for ever. `changed(news, first, fresh)`: `fresh` are messages that were not there before. */
export async function listen(changed) {
  for (;;) {
    try {
      const answer = await fetch("/sandbox/events?since=" + world.version);
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      // Another server answers here now: everything that this page shows is of the past.
      if (world.session !== null && world.session !== news.session) return location.reload();
      document.body.classList.remove("lost");
      const first = world.version === 0;
      changed(news, first, take(news));
    } catch (error) {
      if (!(error instanceof TypeError)) console.error(error);
      document.body.classList.add("lost");
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

function take(news) {
  const fresh = [];
  Object.assign(world, { session: news.session, version: news.version, username: news.username, bot: news.bot, faults: news.faults, now: news.now, turns: news.turns });
  for (const person of news.people) world.people.set(person.id, person);
  for (const chat of news.chats) {
    const known = world.chats.get(chat.id) || { messages: new Map(), stamp: 0 };
    for (const message of chat.messages) {
      const id = message.body.message_id;
      if (message.deleted) { known.messages.delete(id); continue; }
      if (!known.messages.has(id)) fresh.push(message.body);
      known.messages.set(id, message);
    }
    if (chat.messages.length) known.stamp = news.version;
    world.chats.set(chat.id, Object.assign(known, chat, { messages: known.messages }));
  }
  return fresh;
}
