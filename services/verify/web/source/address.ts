/** What a scanned code says: `<scheme>://<host>/v/<TOKEN>#<PAYLOAD>`. */

import { type Bytes, canonical } from "./bytes.ts";
import { payloadBytes } from "./payload.ts";

const TOKEN_LENGTH = 36;
const LONGEST = 600;

export interface Code {
  readonly host: string;
  readonly token: string;
  readonly payload: Bytes | null;
}

/** Return the parts of a scanned text, or null if it is no code of a certificate. */
export function readCode(text: string): Code | null {
  if (text.length > LONGEST) return null;
  let address: URL;
  try {
    address = new URL(text.trim());
  } catch {
    return null;
  }
  const token = /^\/v\/([^/]+)$/i.exec(address.pathname)?.[1];
  if (!/^https?:$/.test(address.protocol) || token?.length !== TOKEN_LENGTH) return null;
  const spelled = canonical(token);
  if (spelled === null) return null;
  return { host: address.host, token: spelled, payload: fragmentPayload(address.hash) };
}

/** Return the payload in a fragment (`#…`), or null if there is none. */
export function fragmentPayload(fragment: string): Bytes | null {
  const text = fragment.replace(/^#/, "");
  return text === "" ? null : payloadBytes(text);
}
