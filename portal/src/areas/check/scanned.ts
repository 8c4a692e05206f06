/** What a scanned code says: `<scheme>://<host>/v/<TOKEN>#<PAYLOAD>` (contracts/qr/profile.md). */

export type Scanned =
  | { kind: 'certificate'; path: string }
  /** A certificate's code that leads to somebody else's site. */
  | { kind: 'foreign'; host: string }
  | { kind: 'other' }

const LONGEST = 600
const TOKEN = /^\/v\/([0-9A-HJKMNP-TV-Z]{36})$/
const PAYLOAD = /^#[0-9A-Za-z]*$/
const MISTYPED: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** Read a code; only an address of `ownHost` becomes a path that may be opened. */
export function readScanned(text: string, ownHost: string): Scanned {
  const address = addressIn(text)
  if (!address) return { kind: 'other' }
  const path = address.pathname.replace(/^\/v\//i, '/v/')
  const token = TOKEN.exec(`/v/${folded(path.slice('/v/'.length))}`)?.[1]
  if (!path.startsWith('/v/') || !token) {
    return address.host === ownHost ? { kind: 'other' } : { kind: 'foreign', host: address.host }
  }
  if (address.host !== ownHost) return { kind: 'foreign', host: address.host }
  return { kind: 'certificate', path: `/v/${token}${PAYLOAD.test(address.hash) ? address.hash : ''}` }
}

function addressIn(text: string): URL | undefined {
  if (text.length > LONGEST || !/^https?:\/\//i.test(text.trim())) return undefined
  try {
    return new URL(text.trim())
  } catch {
    return undefined
  }
}

/** Spell a token in the one way it is written; letters that are easily mistaken are put right. */
function folded(token: string): string {
  return token
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/[OIL]/g, (letter) => MISTYPED[letter] ?? letter)
}
