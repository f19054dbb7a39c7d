/** Holds how an answer is sealed so that only the server can open it (HPKE, RFC 9180); it keeps and sends nothing. */

import { script } from "./patience.js";

const VERSION = 1;
const BLOCK_BYTES = 2048;

/** The shape of what is inside; the server reads older ones too. */
export const SCHEMA = 1;

const hpke = script((again) => import(`../vendor/hpke-core-1.9.0/hpke-core.min.js${again}`));

/** Gives the suite of ciphers. */
export async function ciphers() {
  const { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await hpke();
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
}

/**
 * Gives the envelope `{v, id, kid, tablet, seq: 0, sealed}` of a plain answer; the outbox gives it its number.
 *
 * `key` is `{kid, public}` of the server. What is inside is padded to whole blocks, so that a skipped form and a marked
 * one look alike. Throws when the key is not one.
 */
export async function seal(plain, { id, tablet, key }) {
  const suite = await ciphers();
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOf(key.public));
  const info = new TextEncoder().encode(["linjen envelope", VERSION, id, key.kid, tablet, SCHEMA].join("\n")).buffer;
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, padded(plain).buffer);
  return { v: VERSION, id, kid: key.kid, tablet, seq: 0, sealed: base64url(enc, ct) };
}

function padded(plain) {
  const text = new TextEncoder().encode(JSON.stringify(plain));
  const whole = new Uint8Array(Math.ceil(text.length / BLOCK_BYTES) * BLOCK_BYTES).fill(0x20);
  whole.set(text);
  return whole;
}

function base64url(...buffers) {
  const bytes = buffers.flatMap((buffer) => [...new Uint8Array(buffer)]);
  const text = btoa(bytes.map((byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0)).buffer;
}
