/** Holds the finished answers that wait on this tablet, each in its sealed envelope; sending is the sender's. */

import { enrolled, heard } from "./enrolment.js";
import { script } from "./patience.js";
import { read, transact } from "./store.js";

const LATEST = "latest deposit";
const changes = new EventTarget();

/** Gives what an answer is sealed with. */
export const sealing = script((again) => import(`./seal.js${again}`));

const channel = "BroadcastChannel" in window ? new BroadcastChannel("linjen-outbox") : null;
channel?.addEventListener("message", ({ data }) => tell(data));

/** Nothing was kept: `reason` is "not-enrolled", "no-key", "full" or "storage". */
export class CannotKeep extends Error {
  constructor(reason, cause) {
    super(`the answer was not kept: ${reason}`, { cause });
    this.reason = reason;
  }
}

/**
 * Seals a finished answer and keeps it; gives its id after storage has committed, never before.
 *
 * `answer` is `{id?, staff_id, session, member_id, person, rater_id, instrument, version, language, wave, marks,
 * answers, anonymous, skipped, capture}`. `id` is made once per form: depositing it again while it waits changes nothing. Throws `CannotKeep`.
 */
export async function deposit({ id = crypto.randomUUID(), ...answer }) {
  const envelope = await sealedNow(id, answer);
  try {
    await transact("readwrite", (stores) => add(stores, envelope));
  } catch (error) {
    throw new CannotKeep(error?.name === "QuotaExceededError" ? "full" : "storage", error);
  }
  announce("deposited");
  return id;
}

/** Gives the id of the answer that was kept last, committed together with it; undefined before the first. */
export function latest() {
  return read(LATEST);
}

/** Gives how many answers wait and since when the first of them does: `{count, oldest: Date|null}`. */
export function waiting() {
  return transact("readonly", async ({ outbox }) => {
    const [count, first] = await Promise.all([outbox.count(), outbox.index("seq").openCursor()]);
    return { count, oldest: first ? new Date(first.value.savedAt) : null };
  });
}

/** Calls `listener("deposited" | "settled")` when the outbox has changed, in any tab; gives a function that ends it. */
export function onChange(listener) {
  const heard = ({ detail }) => listener(detail);
  changes.addEventListener("change", heard);
  return () => changes.removeEventListener("change", heard);
}

/**
 * Gives the sender the first `limit` rows in the order of their numbers, without those in `skipped` (ids), and what
 * the tablet says of itself: `{rows: [{id, envelope}], state: {next_seq, waiting, oldest_at}}`, all of one moment.
 */
export function batch(tablet, limit, skipped) {
  return transact("readonly", async ({ kept, outbox }) => {
    const rows = await outbox.index("seq").getAll();
    const own = rows.filter(({ envelope }) => envelope?.tablet === tablet);
    const state = {
      next_seq: (await kept.get(counter(tablet))) ?? 1,
      waiting: own.map(({ seq }) => seq),
      oldest_at: own.length ? new Date(own[0].savedAt).toISOString() : null,
    };
    return { rows: rows.filter(({ id }) => !skipped.has(id)).slice(0, limit), state };
  });
}

/** Removes the rows with these ids, which the server has acknowledged. */
export async function settle(ids) {
  await transact("readwrite", ({ outbox }) => Promise.all(ids.map((id) => outbox.delete(id))));
  announce("settled");
}

async function sealedNow(id, answer) {
  const [tablet, said] = await Promise.all([enrolled(), heard()]).catch((error) => {
    throw new CannotKeep("storage", error);
  });
  if (!tablet) throw new CannotKeep("not-enrolled");
  const { SCHEMA, seal } = await sealing().catch((error) => {
    throw new CannotKeep("storage", error);
  });
  const plain = { schema: SCHEMA, ...answer, at: new Date().toISOString(), heard: said };
  return seal(plain, { id, ...tablet }).catch((error) => {
    throw new CannotKeep("no-key", error);
  });
}

/** Adds an envelope under the tablet's next number; one that is there already stays as it is. */
async function add({ kept, outbox }, envelope) {
  if (await outbox.get(envelope.id)) return;
  const place = counter(envelope.tablet);
  const seq = (await kept.get(place)) ?? 1;
  const row = { id: envelope.id, seq, savedAt: Date.now(), envelope: { ...envelope, seq } };
  await outbox.add(row);
  await kept.put(seq + 1, place);
  await kept.put(envelope.id, LATEST);
}

function counter(tablet) {
  return `next number ${tablet}`;
}

function announce(change) {
  channel?.postMessage(change);
  tell(change);
}

function tell(change) {
  changes.dispatchEvent(new CustomEvent("change", { detail: change }));
}
