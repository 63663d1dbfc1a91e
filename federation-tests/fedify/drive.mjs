// One of our sites and a site on Fedify: everything that people do, both ways, and each time the other side knows.
//
// usage: node drive.mjs SITE TOKEN PEER.MJS IP PORT [STYLE]
// With STYLE ("rfc9421" or "draft-cavage-http-signatures-12") the peer signs so and refuses everything else; without,
// PEER.MJS is a peer that can only follow, be followed, post and listen, and signs as it likes.
import { spawn } from "node:child_process";

const [site, token, file, ip, port, style] = process.argv.slice(2);
const peer = `http://${ip}:${port}`, theirs = `fedi@${ip}:${port}`;
const patience = 60_000;

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function eventually(what, ask) {
  const end = Date.now() + patience;
  let last;
  while (Date.now() < end) {
    try {
      const found = await ask();
      if (found) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(200);
  }
  throw new Error(`waited in vain until ${what}${last ? `: ${last.message}` : ""}`);
}

async function api(method, path, body) {
  const response = await fetch(site + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw Object.assign(new Error(`${method} ${path}: ${response.status} ${text}`), { status: response.status });
  }
  return JSON.parse(text || "null");
}
const get = (path) => api("GET", path);
const post = (path, body = {}) => api("POST", path, body);

async function tell(what, body) {
  const response = await fetch(`${peer}/ctl/${what}`, { method: body ? "POST" : "GET", body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`/ctl/${what}: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** Waits until the peer heard of something. */
const heard = (what, fits) => eventually(`the peer heard ${what}`, async () => (await tell("log")).find(fits));

/** A post of the peer as our site knows it. */
const seen = (id, fits = () => true) =>
  eventually(`${id} is in the home`, async () =>
    (await get("/api/v1/timelines/home?limit=40")).find((status) => status.uri === id && fits(status)));

const told = (type, fits = () => true) =>
  eventually(`a notification of ${type}`, async () =>
    (await get("/api/v1/notifications?limit=40")).find((one) => one.type === type && fits(one)));

const child = spawn(process.execPath, [file, ip, port, ...(style ? [style] : [])], { stdio: ["ignore", "pipe", "inherit"] });
child.stdout.resume();
const ending = () => child.kill();
process.on("exit", ending);

const passed = [];
async function step(name, act) {
  await act();
  passed.push(name);
  console.log(`PASS ${style ?? "as it likes"}: ${name}`);
}

async function follows(actor) {
  const them = await eventually("the peer is found", async () =>
    (await get(`/api/v2/search?type=accounts&resolve=true&q=${theirs}`)).accounts[0]);
  await step("we follow them", async () => {
    await post(`/api/v1/accounts/${them.id}/follow`);
    await eventually("they accept", async () =>
      (await get(`/api/v1/accounts/relationships?id[]=${them.id}`))[0].following);
  });
  await step("they follow us", async () => {
    await tell("follow", { handle: actor });
    await told("follow");
    await heard("our yes", (one) => one.type === "Accept");
  });
  return them;
}

async function posts_and_replies(actor) {
  let ours, note;
  await step("we post", async () => {
    ours = await post("/api/v1/statuses", { status: "Hello Fedify", visibility: "public" });
    await heard("our post", (one) => one.type === "Create" && one.content?.includes("Hello Fedify"));
  });
  await step("they post", async () => {
    note = await tell("note", { content: "<p>Hello Breezeway</p>" });
    note.status = await seen(note.id, (status) => status.content.includes("Hello Breezeway"));
  });
  await step("we reply", async () => {
    await post("/api/v1/statuses", { status: `@${theirs} and good morning`, in_reply_to_id: note.status.id });
    await heard("our reply", (one) => one.type === "Create" && one.inReplyTo === note.id);
  });
  await step("they reply", async () => {
    await tell("note", { content: "<p>good evening</p>", to: actor, inReplyTo: ours.uri });
    await told("mention", (one) => one.status.content.includes("good evening") && one.status.in_reply_to_id === ours.id);
  });
  return { ours, note };
}

async function listens(ours, note) {
  const id = note.status.id;
  await step("we like", async () => {
    await post(`/api/v1/statuses/${id}/favourite`);
    await heard("our like", (one) => one.type === "Like" && one.object === note.id);
  });
  await step("we repost", async () => {
    await post(`/api/v1/statuses/${id}/reblog`);
    await heard("our repost", (one) => one.type === "Announce" && one.object === note.id);
  });
  await step("we edit", async () => {
    await api("PUT", `/api/v1/statuses/${ours.id}`, { status: "Hello again, Fedify" });
    await heard("our edit", (one) => one.type === "Update" && (!style || one.content?.includes("Hello again")));
  });
  const undos = async () => (await tell("log")).filter((one) => one.type === "Undo").length;
  for (const [name, verb] of [["unlike", "unfavourite"], ["take a repost back", "unreblog"]]) {
    await step(`we ${name}`, async () => {
      const before = await undos();
      await post(`/api/v1/statuses/${id}/${verb}`);
      await eventually("the peer heard our undo", async () => (await undos()) > before);
    });
  }
}

async function acts(ours, note) {
  const status = () => get(`/api/v1/statuses/${ours.id}`);
  const count = (what, wanted) => eventually(`${what} is ${wanted}`, async () => (await status())[what] === wanted);
  for (const [does, undoes, what] of [
    ["like", "unlike", "favourites_count"], ["announce", "unannounce", "reblogs_count"],
  ]) {
    await step(`they ${does}`, async () => {
      await tell(does, { id: ours.uri });
      await count(what, 1);
    });
    await step(`they ${undoes}`, async () => {
      await tell(undoes, { id: ours.uri });
      await count(what, 0);
    });
  }
  await step("they edit", async () => {
    await tell("edit", { id: note.id, content: "<p>Hello again, Breezeway</p>" });
    await seen(note.id, (known) => known.content.includes("Hello again") && known.edited_at);
  });
  await step("they delete", async () => {
    await tell("delete", { id: note.id });
    await eventually("it is gone", () =>
      get(`/api/v1/statuses/${note.status.id}`).then(() => false, (error) => error.status === 404));
  });
}

async function parts(actor, them, ours) {
  await step("we delete", async () => {
    await api("DELETE", `/api/v1/statuses/${ours.id}`);
    await heard("our deletion", (one) => one.type === "Delete" && one.object === ours.uri);
  });
  if (style) {
    await step("they unfollow", async () => {
      await tell("unfollow", { handle: actor });
      await eventually("a follower is gone", async () =>
        (await get(`/api/v1/accounts/relationships?id[]=${them.id}`))[0].followed_by === false);
    });
  }
  await step("we unfollow", async () => {
    await post(`/api/v1/accounts/${them.id}/unfollow`);
    await heard("our undo", (one) => one.type === "Undo" && (one.kind === "Follow" || one.undone === "Follow"));
  });
}

try {
  await eventually("the peer answers", () => tell("log"));
  const account = await get("/api/v1/accounts/verify_credentials");
  const them = await follows(account.uri);
  const { ours, note } = await posts_and_replies(account.uri);
  await listens(ours, note);
  if (style) await acts(ours, note);
  await parts(account.uri, them, ours);
  const log = await tell("log");
  const errors = log.filter((one) => one.type === "ERROR");
  if (errors.length) throw new Error(`the peer had errors: ${JSON.stringify(errors)}`);
  const used = new Set(log.filter((one) => one.type === "POST").map((one) => one.style));
  if (style && !used.has(style)) throw new Error(`nothing came signed as ${style}, only ${[...used]}`);
  console.log(`${passed.length} steps with a peer that signs ${style ?? "as it likes"}; ours came as ${[...used].join(", ") || "it likes"}`);
} catch (error) {
  console.error(`FAIL after ${passed.at(-1) ?? "the start"}: ${error.message}`);
  console.error(JSON.stringify(await tell("log").catch(() => []), null, 1).slice(-3000));
  process.exitCode = 1;
} finally {
  ending();
}
