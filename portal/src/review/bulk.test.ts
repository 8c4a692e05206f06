import { describe, expect, it } from 'vitest'
import { bulkBody, bulkLines } from './bulk'
import type { BulkResult } from './calls'

const ITEMS = [
  { claim_id: 'a', person_name: '张三', title: '研修班' },
  { claim_id: 'b', person_name: '李四', title: '学术会议' },
]

describe('a bulk decision', () => {
  it('sends a reason only when there is one', () => {
    expect(bulkBody('employer', 'approve', ITEMS, { code: '', text: '' })).toEqual({
      step: 'employer',
      outcome: 'approve',
      claim_ids: ['a', 'b'],
    })
    const returned = bulkBody('bureau', 'return', ITEMS, { code: 'wrong_year', text: '请改年度' })
    expect(returned).toMatchObject({ reason_code: 'wrong_year', reason: '请改年度' })
  })

  it('tells the refused ones first, by name', () => {
    const result = {
      decided: 1,
      refused: 1,
      items: [
        { claim_id: 'a', claim: { state: 'approved' }, problem: null },
        { claim_id: 'b', claim: null, problem: { code: 'x', detail: '他人办理', remedy: '稍后' } },
      ],
    } as unknown as BulkResult
    expect(bulkLines(ITEMS, result)).toEqual([
      { id: 'b', name: '李四', title: '学术会议', state: '', problem: '他人办理', remedy: '稍后' },
      { id: 'a', name: '张三', title: '研修班', state: 'approved', problem: '', remedy: '' },
    ])
  })
})
