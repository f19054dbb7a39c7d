/* Keeps the shell, its files and every blank form, nothing personal; /sw.js puts `SHELL = {version, addresses}` before this. */

const CACHE = `linjen-${SHELL.version}`;
const START = "/tablet";
const STARTING_MS = 3_000; // opening Linjen is quick, with a network or without
const PATIENCE_MS = 10_000; // a screen that staff asked for may be slow
const IN_HAND = "in-hand"; // this cache is there while a family has the tablet: js/worker.js makes and deletes it
const FAILED_ON_THE_WAY = new Set([502, 504]);
const KEPT = new Set(SHELL.addresses);

addEventListener("install", (event) => event.waitUntil(keepAll().catch(leaveNothing)));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => event.waitUntil(answer(event)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(pathname === START ? kept(request) : navigated(request));
  else if (request.method === "GET" && KEPT.has(pathname)) event.respondWith(keptForShell(event));
});

/** The new cache is whole or it is not there: one answer that is missing, moved or not 200 ends the installation. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(SHELL.addresses.map((address) => keep(cache, address)));
}

async function leaveNothing(error) {
  await caches.delete(CACHE);
  throw error;
}

async function keep(cache, address) {
  const answer = await fetch(address, { cache: "reload", credentials: "omit", redirect: "error" });
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
  await cache.put(address, answer);
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("linjen-") && name !== CACHE).map((name) => caches.delete(name)));
  await clients.claim();
}

async function answer({ data, ports }) {
  if (data === "take over") await skipWaiting();
  if (data === "whole?") ports[0].postMessage(await whole());
}

async function whole() {
  const cache = await caches.open(CACHE);
  return (await cache.keys()).length === SHELL.addresses.length;
}

/** Screens of staff come from the server; without one, and while a family has the tablet, the shell is shown instead. */
async function navigated(request) {
  if (await caches.has(IN_HAND)) return Response.redirect(START);
  const answers = [fetch(request).catch(() => null)];
  const patience = new URL(request.url).pathname === "/" ? STARTING_MS : PATIENCE_MS;
  if (request.method === "GET") answers.push(new Promise((resolve) => setTimeout(resolve, patience, null)));
  const answer = await Promise.race(answers);
  return answer && !FAILED_ON_THE_WAY.has(answer.status) ? answer : Response.redirect(START);
}

/** One version in one page: the shell gets the files that were kept with it, staff screens get today's. */
async function keptForShell({ request, clientId }) {
  const client = await clients.get(clientId);
  if (client && new URL(client.url).pathname === START) return kept(request);
  return fetch(request).catch(() => kept(request));
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(request.url).pathname, { ignoreVary: true })) ?? fetch(request);
}
