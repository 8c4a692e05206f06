import { asProblem, isAborted, Problem } from './problem'

/** What the session lends to every request; it is the session that keeps the token, nobody else. */
export interface Credentials {
  /** The access token now, or none. */
  current(): string | undefined
  /** Ask for a fresh one; none when the person has to log in again. */
  renew(): Promise<string | undefined>
}

const TIMEOUT_MILLISECONDS = 30_000
let credentials: Credentials = { current: () => undefined, renew: async () => undefined }

/** Let the session say who is asking. */
export function lendCredentials(from: Credentials): void {
  credentials = from
}

/** Do something with the caller's token; done again with a fresh one when it was refused. */
export async function withToken<T>(work: (token: string | undefined) => Promise<T>): Promise<T> {
  const used = credentials.current()
  try {
    return await work(used)
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.status !== 401 || !used) throw thrown
    const fresh = await freshAfter(used)
    if (!fresh) throw thrown
    return work(fresh)
  }
}

/** Another request may have renewed it meanwhile. */
async function freshAfter(used: string): Promise<string | undefined> {
  const now = credentials.current()
  return now === used ? credentials.renew() : now
}

/** `fetch` with the caller's token; a refused token is renewed once and the request sent again. */
export async function authorisedFetch(request: Request): Promise<Response> {
  const again = request.clone()
  const used = credentials.current()
  const response = await send(request, used)
  if (response.status !== 401 || !used) return response
  const fresh = await freshAfter(used)
  return fresh ? send(again, fresh) : response
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  const headers = new Headers(request.headers)
  if (token) headers.set('authorization', `Bearer ${token}`)
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)])
  try {
    return await fetch(new Request(request, { headers, signal, credentials: 'same-origin' }))
  } catch (thrown) {
    throw isAborted(thrown) ? thrown : asProblem(thrown)
  }
}

/** Read a refusal into a problem. */
export async function problemOf(response: Response, body?: unknown): Promise<Problem> {
  const document = body ?? (await response.json().catch(() => ({})))
  const fields = typeof document === 'object' && document !== null ? document : {}
  return new Problem(
    response.status,
    fields as Record<string, unknown>,
    response.headers.get('retry-after'),
  )
}
