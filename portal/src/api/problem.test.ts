import { describe, expect, test } from 'vitest'
import { asProblem, isAborted, Problem } from './problem'

describe('problems', () => {
  test('carry what the service said', () => {
    const document = { code: 'hours.claim_unknown', detail: '没有这条申报。', field: 'claim_id', extra: 1 }
    const problem = new Problem(404, document, '15')
    expect(problem).toMatchObject({ code: 'hours.claim_unknown', field: 'claim_id', remedy: '', retryAfterSeconds: 15 })
    expect(problem.document['extra']).toBe(1)
    expect(problem.isOutcomeUnknown).toBe(false)
  })

  test('without a document still have a code', () => {
    expect(new Problem(502, {})).toMatchObject({ code: 'http.502', isOutcomeUnknown: true })
  })

  test.each([
    [new TypeError('Failed to fetch'), 'portal.no_connection', true],
    [new DOMException('', 'TimeoutError'), 'portal.timed_out', true],
    [new SyntaxError(''), 'portal.unreadable_answer', true],
    [new Error('ours'), 'portal.unexpected', false],
  ])('of the network are told apart', (thrown, code, unknown) => {
    expect(asProblem(thrown)).toMatchObject({ code, isOutcomeUnknown: unknown })
  })

  test('giving up is none', () => {
    expect(isAborted(new DOMException('', 'AbortError'))).toBe(true)
    expect(isAborted(new DOMException('', 'TimeoutError'))).toBe(false)
  })
})
