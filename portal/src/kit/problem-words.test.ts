import { mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { Problem } from '@/api/problem'
import { i18n } from '@/words'
import ProblemNote from './ProblemNote.vue'
import { wordingOf } from './problem-words'

const translator = { t: (key: string) => i18n.global.t(key), te: (key: string) => i18n.global.te(key) }

test('a service speaks for itself', () => {
  const said = new Problem(409, { code: 'hours.overlap', title: '与现状冲突', detail: '时间重叠。', remedy: '请核对日期。' })
  expect(wordingOf(said, translator)).toEqual({ title: '与现状冲突', detail: '时间重叠。', remedy: '请核对日期。' })
})

test.each(['portal.no_connection', 'portal.timed_out', 'portal.unreadable_answer', 'portal.unexpected', 'portal.file_type'])(
  'the portal speaks where no service could: %s',
  (code) => {
    const { title, remedy } = wordingOf(new Problem(0, { code }), translator)
    expect(title).not.toBe(i18n.global.t('kit.problems.other.title'))
    expect(remedy).toMatch(/。$/)
  },
)

test('a refusal without words still says what to do', () => {
  expect(wordingOf(new Problem(418, {}), translator).remedy).toMatch(/。$/)
})

test('the note shows code, reference and waiting time, and tries again', async () => {
  const retry = vi.fn()
  const problem = new Problem(429, { code: 'gateway.too_many_requests', detail: '过于频繁。', request_id: 'r-1' }, '5')
  const note = mount(ProblemNote, { props: { problem, retry } })
  expect(note.attributes('role')).toBe('alert')
  for (const part of ['gateway.too_many_requests', 'r-1', '过于频繁。', '5']) expect(note.text()).toContain(part)
  await note.find('button').trigger('click')
  expect(retry).toHaveBeenCalledTimes(1)
})

test('no problem is no note', () => {
  expect(mount(ProblemNote, { props: { problem: undefined } }).html()).not.toContain('section')
})
