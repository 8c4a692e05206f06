/** What a service, the gateway or the network answers instead of a result. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly remedy: string
  readonly field: string
  readonly requestId: string
  /** When to try again, if the service says so. */
  readonly retryAfterSeconds: number | undefined
  /** The whole document, for the few problems that carry more. */
  readonly document: Readonly<Record<string, unknown>>

  constructor(status: number, document: Record<string, unknown>, retryAfter?: string | null) {
    const text = (name: string) => (typeof document[name] === 'string' ? document[name] : '')
    super(text('code') || `http.${status}`)
    this.name = 'Problem'
    this.status = status
    this.code = text('code') || `http.${status}`
    this.title = text('title')
    this.detail = text('detail')
    this.remedy = text('remedy')
    this.field = text('field')
    this.requestId = text('request_id')
    this.document = document
    const seconds = Number(retryAfter)
    this.retryAfterSeconds = retryAfter && Number.isFinite(seconds) ? seconds : undefined
  }

  /** True when nobody knows whether the request was carried out: the same one may be sent again. */
  get isOutcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

/** The codes the portal itself gives; their wording is in the common words. */
export const NO_CONNECTION = 'portal.no_connection'
export const TIMED_OUT = 'portal.timed_out'
export const UNREADABLE = 'portal.unreadable_answer'
export const UNEXPECTED = 'portal.unexpected'

/** Turn whatever was thrown into a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return new Problem(0, { code: TIMED_OUT })
  }
  if (thrown instanceof TypeError) return new Problem(0, { code: NO_CONNECTION })
  if (thrown instanceof SyntaxError) return new Problem(0, { code: UNREADABLE })
  return new Problem(-1, { code: UNEXPECTED })
}

/** True for a request that was given up on purpose (a page left, an upload cancelled). */
export function isAborted(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}
