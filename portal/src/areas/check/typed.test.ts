import { describe, expect, test } from 'vitest'
import { hoursOf } from '@/kit/units'
import { checksOf, instantOf, type FoundCertificate } from './facts'
import { idNumberState, kindOf } from './office-question'
import { codeOf } from './receipt-code'
import { statementOf } from './receipt'
import { troubleOf } from './camera'

describe('what is typed', () => {
  test.each([
    ['4101', 'management_number'],
    ['41038517264970', 'management_number'],
    ['410102199003070016', 'id_number'],
    ['110', 'id_number'],
  ])('%s is taken for a %s', (typed, kind) => {
    expect(kindOf(typed)).toBe(kind)
  })

  test.each([
    ['11010519491231002X', 'good'],
    ['11010519491231002x', 'good'],
    ['110105194912310021', 'digits'],
    ['1101051949123100', 'digits'],
  ])('ID number %s: %s', (typed, state) => {
    expect(idNumberState(typed)).toBe(state)
  })

  test('a code is read as people write it', () => {
    expect(codeOf(' 7k3m-9qx2-abco ')).toBe('7K3M9QX2ABC0')
    expect(codeOf('7K3M-9QX2')).toBeUndefined()
    expect(codeOf('7K3M9QX2ABCU')).toBeUndefined()
  })
})

describe('what is shown', () => {
  test('hours and instants as people read them', () => {
    expect([900, 905].map(hoursOf)).toEqual(['90', '90.5'])
    expect(instantOf('2026-11-22T18:05:00Z')).toBe('2026年11月23日 02:05')
  })

  test('each check with its own outcome', () => {
    const one = { state: 'revoked', seal: 'suspended', as_of: null } as FoundCertificate
    expect(checksOf(one).map((check) => check.tone)).toEqual(['bad', 'bad', 'open'])
  })

  test('a receipt as it was given', () => {
    const said = statementOf({
      iss: 'verify.example',
      iat: 1_763_877_600,
      how: 'document',
      findings: [{ verdict: 'altered' }],
      certificates: [{ state: 'valid', year: 2026, version: 1, name_masked: '张*', management_number: '41038517264970', total_tenths: 900, employer_name: '医院', office_name: '郑州', issued_on: '2026-11-20', as_of: null }],
    })
    expect(said).toMatchObject({ at: '2025年11月23日 14:00', how: 'document', verdict: 'altered' })
    expect(said.certificates[0]!.facts).toContainEqual(['hours', '90'])
    expect(statementOf({ iat: 0 }).certificates).toEqual([])
  })

  test.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('what keeps a camera closed: %s is %s', (name, trouble) => {
    expect(troubleOf(new DOMException('', name))).toBe(trouble)
  })
})
