/** A large file fetched in parts: what has arrived is kept while the page is open, and asked for no more. */

import { authorisedFetch, problemOf } from '@/api/transport'

// A part takes seconds on a slow line, so a lost connection costs little.
const PART_BYTES = 4 * 1024 * 1024

export interface Partial {
  parts: Blob[]
  received: number
  /** The version of the file the parts are of; another one begins anew. */
  tag: string
}

export function nothingYet(): Partial {
  return { parts: [], received: 0, tag: '' }
}

/** Fetch what is missing of `path`; every part that arrives is added to `kept` and told. */
export async function fetchRest(
  path: string,
  total: number,
  kept: Partial,
  signal: AbortSignal,
  onProgress: (received: number) => void,
): Promise<Blob> {
  while (kept.received < total) {
    const last = Math.min(kept.received + PART_BYTES, total) - 1
    const headers = new Headers({ range: `bytes=${kept.received}-${last}` })
    if (kept.tag) headers.set('if-range', kept.tag)
    const request = new Request(new URL(path, window.location.origin), { headers, signal })
    const response = await authorisedFetch(request)
    if (!response.ok) throw await problemOf(response)
    const part = await response.blob()
    if (response.status === 200) Object.assign(kept, nothingYet())
    kept.tag = response.headers.get('etag') ?? ''
    kept.parts.push(part)
    kept.received += part.size
    onProgress(kept.received)
    if (part.size === 0) throw new TypeError('empty part')
  }
  return new Blob(kept.parts)
}

export function percent(received: number, total: number): number {
  return total ? Math.floor((received / total) * 100) : 0
}
