import { describe, expect, test } from 'vitest'
import {
  inOrder,
  kindsToAdd,
  mayHaveBelow,
  maySeeAdministrators,
  rolesToGive,
  type Kind,
  type Organisation,
  type Place,
  type Role,
} from './rules'

function organisation(id: string, kind: Kind): Organisation {
  return { organisation_id: id, kind, name: id, code: null, parent_id: null, parent_name: null }
}

const province = organisation('province', 'province')
const zhengzhou = organisation('zhengzhou', 'prefecture')
const jinshui = organisation('jinshui', 'county')
const hospital = organisation('hospital', 'employer')
const chain = [province, zhengzhou, jinshui, hospital]

function place(of: Organisation): Place {
  return { organisation: of, above: chain.slice(0, chain.indexOf(of)) }
}
const holds = (role: Role, organisation_id: string) => [{ role, organisation_id }]
const asProvince = holds('provincial_administrator', 'province')
const asCity = holds('bureau_administrator', 'zhengzhou')
const asCounty = holds('bureau_administrator', 'jinshui')

describe('what may be added', () => {
  test('a bureau adds no issuing office, the province does', () => {
    expect(kindsToAdd(place(province), asProvince)).toContain('prefecture')
    expect(kindsToAdd(place(zhengzhou), asCity)).toContain('county')
    expect(kindsToAdd(place(province), asCity)).toEqual([])
  })

  test('nothing stands below an employer', () => {
    expect(kindsToAdd(place(hospital), asProvince)).toEqual([])
    expect(mayHaveBelow('employer')).toBe(false)
    expect(mayHaveBelow('county')).toBe(true)
  })

  test('neighbours, employers and operators add nothing', () => {
    expect(kindsToAdd(place(jinshui), holds('bureau_administrator', 'luoyang'))).toEqual([])
    expect(kindsToAdd(place(jinshui), holds('operator', 'province'))).toEqual([])
    expect(kindsToAdd(place(hospital), holds('employer_administrator', 'hospital'))).toEqual([])
  })
})

describe('who is appointed by whom', () => {
  test('a bureau appoints strictly below itself', () => {
    expect(rolesToGive(place(jinshui), asCity)).toEqual(['bureau_administrator'])
    expect(rolesToGive(place(jinshui), asCounty)).toEqual([])
    expect(rolesToGive(place(hospital), asCounty)).toEqual(['employer_administrator'])
  })

  test('the province appoints everywhere, also its own', () => {
    expect(rolesToGive(place(province), asProvince)).toEqual(['provincial_administrator', 'operator'])
    expect(rolesToGive(place(zhengzhou), asProvince)).toEqual(['bureau_administrator'])
  })

  test('nobody else appoints', () => {
    expect(rolesToGive(place(hospital), holds('operator', 'province'))).toEqual([])
    expect(rolesToGive(place(hospital), holds('department_administrator', 'zhengzhou'))).toEqual([])
  })
})

test('administrators are seen at one’s own place and below', () => {
  expect(maySeeAdministrators(place(jinshui), asCounty)).toBe(true)
  expect(maySeeAdministrators(place(zhengzhou), asCounty)).toBe(false)
  expect(maySeeAdministrators(place(hospital), holds('operator', 'province'))).toBe(false)
})

test('offices stand by their codes, prefectures first, others as they came', () => {
  const coded = (id: string, kind: Kind, code: string) => ({ ...organisation(id, kind), code })
  const found = [
    hospital,
    coded('lankao', 'direct_county', '410225'),
    coded('luoyang', 'prefecture', '410300'),
    coded('zhengzhou', 'prefecture', '410100'),
    organisation('clinic', 'employer'),
  ]
  expect(inOrder(found).map((one) => one.organisation_id)).toEqual([
    'zhengzhou', 'luoyang', 'lankao', 'hospital', 'clinic',
  ])
})
