import { expect, it } from 'vitest'
import { emptyRegistration, registrationFieldOf, requestOf, unready, type Registration } from './registration'
import type { Organisation } from './types'

const NOW = new Date('2026-11-23T02:00:00Z')
const hospital = { organisation_id: 'o1', name: '测试医院' } as Organisation
const full: Registration = {
  ...emptyRegistration(),
  name: ' 张䶮 ',
  idNumber: '１１０１０５ 491231002',
  employer: hospital,
  password: 'long enough 1',
  repeated: 'long enough 1',
}

it('is ready when everything asked for is there', () => {
  expect(unready(full, NOW).size).toBe(0)
  expect([...unready(emptyRegistration(), NOW)]).toEqual([
    'name', 'idNumber', 'employer', 'password', 'repeated',
  ])
})

it.each<[Partial<Registration>, string]>([
  [{ idNumber: '110105194912310021' }, 'idNumber'],
  [{ password: 'short', repeated: 'short' }, 'password'],
  [{ repeated: 'long enough 2' }, 'repeated'],
  [{ name: '张3' }, 'name'],
])('waits for %o to be mended', (changes, field) => {
  expect([...unready({ ...full, ...changes }, NOW)]).toEqual([field])
})

it('sends the number in its one form and the name as it is', () => {
  expect(requestOf(full, NOW)).toMatchObject({
    name: '张䶮', id_number: '11010519491231002X', employer_id: 'o1', starts_on: null, title_series: null,
  })
})

it('finds the field a refusal is about', () => {
  expect(registrationFieldOf('/employer_id')).toBe('employer')
  expect(registrationFieldOf('/elsewhere')).toBeUndefined()
})
