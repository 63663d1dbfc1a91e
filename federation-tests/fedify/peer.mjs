// A site that shares no code with ours: one person on Fedify, told what to do over HTTP.
//
// usage: node peer.mjs IP PORT STYLE
// STYLE: "rfc9421" or "draft-cavage-http-signatures-12": how it signs, and the only way in which it lets others sign.
//
// GET /ctl/log; POST /ctl/WHAT with JSON: follow {handle}, unfollow {handle}, note {content, to, inReplyTo},
// edit {id, content}, delete {id}, like {id}, unlike {id}, announce {id}, unannounce {id}.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import {
  createFederation, generateCryptoKeyPair, InProcessMessageQueue, MemoryKvStore,
} from "@fedify/fedify";
import {
  Accept, Announce, Create, Delete, Endpoints, Follow, isActor, Like, Mention, Note, Person,
  PUBLIC_COLLECTION, Tombstone, Undo, Update,
} from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";
globalThis.Temporal ??= Temporal;

const [ip = "127.0.0.5", port = "4105", style = "rfc9421"] = process.argv.slice(2);
const origin = `http://${ip}:${port}`;
const name = "fedi";
const log = [], followers = new Map(), notes = new Map(), done = new Map();

const federation = createFederation({
  kv: new MemoryKvStore(), queue: new InProcessMessageQueue(), allowPrivateAddress: true, origin, firstKnock: style,
});
const keys = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")];

federation.setActorDispatcher("/users/{identifier}", async (context, id) => {
  if (id !== name) return null;
  const pairs = await context.getActorKeyPairs(id);
  return new Person({
    id: context.getActorUri(id), preferredUsername: id, name: "Fedify", url: new URL(`/@${id}`, origin),
    inbox: context.getInboxUri(id), outbox: context.getOutboxUri(id), followers: context.getFollowersUri(id),
    endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
    publicKey: pairs[0].cryptographicKey, assertionMethods: pairs.map((pair) => pair.multikey),
  });
}).setKeyPairsDispatcher((_, id) => (id === name ? keys : []));
federation.setFollowersDispatcher("/users/{identifier}/followers", () => ({ items: [...followers.values()] }));
federation.setOutboxDispatcher("/users/{identifier}/outbox", () => ({ items: [] }));
federation.setObjectDispatcher(Note, "/notes/{id}", (_, { id }) => notes.get(id) ?? null);

const note_down = async (context, activity) => {
  const object = await activity.getObject(context).catch(() => null);
  log.push({
    type: activity.constructor.name, actor: activity.actorId?.href, object: activity.objectId?.href,
    kind: object?.constructor.name, content: object?.content?.toString(), inReplyTo: object?.replyTargetId?.href,
  });
};
const inbox = federation.setInboxListeners("/users/{identifier}/inbox", "/inbox");
for (const type of [Accept, Announce, Create, Delete, Like, Update]) inbox.on(type, note_down);
inbox.on(Follow, async (context, follow) => {
  await note_down(context, follow);
  const who = await follow.getActor(context);
  if (!isActor(who)) return;
  followers.set(who.id.href, who);
  await send(context, who, new Accept({ id: fresh("accept"), actor: context.getActorUri(name), object: follow }));
});
inbox.on(Undo, async (context, undo) => {
  await note_down(context, undo);
  if ((await undo.getObject(context)) instanceof Follow) followers.delete(undo.actorId.href);
});
inbox.onError((_, error) => log.push({ type: "ERROR", message: String(error) }));

let count = 0;
const fresh = (kind) => new URL(`/activities/${kind}-${++count}`, origin);
const send = (context, to, activity) =>
  context.sendActivity({ identifier: name }, to, activity, { preferSharedInbox: true });

async function look_up(context, what) {
  const documentLoader = await context.getDocumentLoader({ identifier: name });
  const found = await context.lookupObject(what, { documentLoader });
  if (!found) throw new Error(`nothing found at ${what}`);
  return found;
}
const author_of = async (context, id) => look_up(context, (await look_up(context, id)).attributionId);

// What is undone is said again in full, with the id under which it was said first.
async function does(context, key, to, activity) {
  done.set(key, { to, activity });
  await send(context, to, activity);
}
async function undoes(context, key) {
  const { to, activity } = done.get(key);
  done.delete(key);
  await send(context, to, new Undo({ id: fresh("undo"), actor: context.getActorUri(name), object: activity }));
}
const readers = (to) => (to ? [to, ...followers.values()] : [...followers.values()]);

const commands = {
  log: () => log,
  async follow(context, { handle }) {
    const who = await look_up(context, handle);
    const actor = context.getActorUri(name);
    await does(context, `follow ${handle}`, who, new Follow({ id: fresh("follow"), actor, object: who.id, to: who.id }));
  },
  unfollow: (context, { handle }) => undoes(context, `follow ${handle}`),
  async note(context, { content, to, inReplyTo }) {
    const id = `${++count}`, actor = context.getActorUri(name), who = to ? await look_up(context, to) : null;
    const note = new Note({
      id: context.getObjectUri(Note, { id }), attribution: actor, content, to: PUBLIC_COLLECTION,
      ccs: [context.getFollowersUri(name), ...(who ? [who.id] : [])],
      replyTarget: inReplyTo ? new URL(inReplyTo) : null, published: Temporal.Now.instant(),
      tags: who ? [new Mention({ href: who.id, name: `@${who.preferredUsername}@${who.id.host}` })] : [],
    });
    notes.set(id, note);
    const create = new Create({ id: fresh("create"), actor, object: note, to: PUBLIC_COLLECTION, ccs: [...note.ccIds] });
    await send(context, readers(who), create);
    return { id: note.id.href };
  },
  async edit(context, { id, content }) {
    const key = id.split("/").at(-1), actor = context.getActorUri(name);
    const note = notes.get(key).clone({ content, updated: Temporal.Now.instant() });
    notes.set(key, note);
    await send(context, readers(), new Update({ id: fresh("update"), actor, object: note, to: PUBLIC_COLLECTION }));
  },
  async delete(context, { id }) {
    notes.delete(id.split("/").at(-1));
    const actor = context.getActorUri(name), object = new Tombstone({ id: new URL(id) });
    await send(context, readers(), new Delete({ id: fresh("delete"), actor, object, to: PUBLIC_COLLECTION }));
  },
  async like(context, { id }) {
    const actor = context.getActorUri(name);
    const like = new Like({ id: fresh("like"), actor, object: new URL(id) });
    await does(context, `like ${id}`, await author_of(context, id), like);
  },
  unlike: (context, { id }) => undoes(context, `like ${id}`),
  async announce(context, { id }) {
    const actor = context.getActorUri(name);
    const announce = new Announce({
      id: fresh("announce"), actor, object: new URL(id), to: PUBLIC_COLLECTION, published: Temporal.Now.instant(),
    });
    await does(context, `announce ${id}`, await author_of(context, id), announce);
  },
  unannounce: (context, { id }) => undoes(context, `announce ${id}`),
};

/** The way in which a request is signed. */
function style_of(headers) {
  if (headers["signature-input"]) return "rfc9421";
  return headers.signature ? "draft-cavage-http-signatures-12" : "none";
}

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const json = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body ?? {}));
  };
  if (request.url.startsWith("/ctl/")) {
    const context = federation.createContext(new URL(origin), undefined);
    return json(200, await commands[request.url.slice(5)](context, raw.length ? JSON.parse(raw) : {}));
  }
  if (request.method === "POST") {
    const used = style_of(request.headers);
    log.push({ type: "POST", style: used });
    if (used !== style) return json(401, { error: `only ${style} is understood here` });
  }
  const asked = new Request(origin + request.url, {
    method: request.method, headers: request.headers, body: raw.length ? raw : undefined,
  });
  const found = await federation.fetch(asked, {
    contextData: undefined,
    onNotFound: () => new Response("not found", { status: 404 }),
    onNotAcceptable: () => new Response("<h1>Fedify</h1>", { headers: { "content-type": "text/html" } }),
  });
  response.writeHead(found.status, Object.fromEntries(found.headers));
  if (found.body) Readable.fromWeb(found.body).pipe(response);
  else response.end();
}

createServer((request, response) => {
  answer(request, response).catch((error) => {
    response.writeHead(500);
    response.end(String(error.stack ?? error));
  });
}).listen(Number(port), ip, () => console.log(`fedify peer on ${origin}`));
