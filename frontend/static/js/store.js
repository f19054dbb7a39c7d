/** Holds the tablet's own storage: strict writes, and a handle that is replaced when it dies; it knows no meaning. */

import { openDB } from "../vendor/idb-8.0.4/idb.min.js";
import { inTime } from "./patience.js";

const NAME = "linjen";
const VERSION = 1;

/** A transaction that has said nothing for this long has a dead handle: iPadOS kills them in the background. */
const LIMIT_MS = 10_000;

let opening = null;

document.addEventListener("visibilitychange", probe);
window.addEventListener("pageshow", (event) => event.persisted && probe());

/** Gives what is kept under a name, or undefined. */
export function read(name) {
  return transact("readonly", ({ kept }) => kept.get(name));
}

/** Keeps a value under a name; resolves when storage has committed it. */
export function write(name, value) {
  return transact("readwrite", ({ kept }) => kept.put(value, name));
}

/** Removes what is kept under these names. */
export function erase(...names) {
  return transact("readwrite", ({ kept }) => Promise.all(names.map((name) => kept.delete(name))));
}

/**
 * Runs `work({kept, outbox})` in one strict transaction and gives its result after the commit, never before.
 *
 * `work` waits for nothing but these two stores and may run twice: a failure on a dead handle is tried once more on a
 * fresh one. Throws what storage throws; `QuotaExceededError` at once. What has failed has left no trace.
 */
export async function transact(mode, work) {
  const first = open();
  try {
    return await attempt(first, mode, work);
  } catch (error) {
    if (error?.name === "QuotaExceededError") throw error;
    drop(first);
    return attempt(open(), mode, work);
  }
}

async function attempt(handle, mode, work) {
  const database = await inTime(handle, LIMIT_MS);
  const transaction = database.transaction(["kept", "outbox"], mode, { durability: "strict" });
  const stores = { kept: transaction.objectStore("kept"), outbox: transaction.objectStore("outbox") };
  try {
    const [result] = await inTime(Promise.all([(async () => work(stores))(), transaction.done]), LIMIT_MS);
    return result;
  } catch (error) {
    abort(transaction);
    throw transaction.error ?? error;
  }
}

function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

/** Gives the promise of a handle: the one that is open, or a fresh one. */
function open() {
  if (opening) return opening;
  const fresh = openNewest(() => drop(fresh));
  fresh.catch(() => drop(fresh));
  opening = fresh;
  return fresh;
}

async function openNewest(lost) {
  const own = { upgrade, blocking: lost, terminated: lost };
  try {
    return await openDB(NAME, VERSION, own);
  } catch (error) {
    if (error?.name !== "VersionError") throw error;
    return openDB(NAME, undefined, own); // a newer page has been here; upgrades only add
  }
}

function upgrade(database) {
  database.createObjectStore("kept");
  database.createObjectStore("outbox", { keyPath: "id" }).createIndex("seq", "seq");
}

/** Lets go of a handle; the next transaction opens a fresh one. */
function drop(dying) {
  if (opening === dying) opening = null;
  dying.then((database) => database.close()).catch(() => {});
}

function probe() {
  if (document.visibilityState === "visible" && opening) read("probe").catch(() => {});
}
