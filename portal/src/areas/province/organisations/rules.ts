import type { IdentityApi } from '@/api'

type Schemas = IdentityApi.components['schemas']
export type Kind = Schemas['Kind']
export type Role = Schemas['Role']
export type Organisation = Schemas['OrganisationView']
export type Place = Schemas['OrganisationPlace']

/** A role that the caller holds somewhere. */
export interface Held {
  readonly role: Role
  readonly organisation_id: string
}

// The service decides; this only keeps from showing what it would refuse.
const UNITS: readonly Kind[] = ['employer', 'department', 'training_institution', 'counter']
const BELOW: Partial<Record<Kind, readonly Kind[]>> = {
  province: ['prefecture', 'direct_county', 'provincial_department', ...UNITS],
  prefecture: ['county', ...UNITS],
  direct_county: UNITS,
  county: UNITS,
  provincial_department: ['employer', 'training_institution'],
}
const BY_PROVINCE: readonly Kind[] = ['prefecture', 'direct_county', 'provincial_department']
const OFFICES: readonly Role[] = ['bureau_administrator', 'provincial_administrator']
const HELD_AT: Partial<Record<Kind, readonly Role[]>> = {
  province: ['provincial_administrator', 'operator'],
  prefecture: ['bureau_administrator'],
  direct_county: ['bureau_administrator'],
  county: ['bureau_administrator'],
  provincial_department: ['bureau_administrator', 'department_administrator'],
  department: ['department_administrator'],
  employer: ['employer_administrator'],
  training_institution: ['training_institution'],
}

const OFFICES_FIRST: readonly Kind[] = ['prefecture', 'direct_county', 'county', 'provincial_department']

/** Offices first and by their division's code, as every list of the province has them; others as they came. */
export function inOrder(found: readonly Organisation[]): Organisation[] {
  const rank = ({ kind }: Organisation) => (OFFICES_FIRST.indexOf(kind) + 1 || OFFICES_FIRST.length + 1)
  const code = (one: Organisation) => (OFFICES_FIRST.includes(one.kind) ? (one.code ?? '') : '')
  return [...found].sort((a, b) => rank(a) - rank(b) || code(a).localeCompare(code(b)))
}

/** True for kinds below which the tree goes on. */
export function mayHaveBelow(kind: Kind): boolean {
  return BELOW[kind] !== undefined
}

/** The roles the caller holds at the organisation or above it. */
export function rolesOver(place: Place, grants: readonly Held[]): Role[] {
  const ids = new Set([place.organisation, ...place.above].map((one) => one.organisation_id))
  return grants.filter((grant) => ids.has(grant.organisation_id)).map((grant) => grant.role)
}

/** True when the caller sees who administers the organisation. */
export function maySeeAdministrators(place: Place, grants: readonly Held[]): boolean {
  return rolesOver(place, grants).some((role) => OFFICES.includes(role))
}

/** The kinds of organisation that the caller may add directly below. */
export function kindsToAdd(place: Place, grants: readonly Held[]): readonly Kind[] {
  const held = rolesOver(place, grants)
  const possible = BELOW[place.organisation.kind] ?? []
  if (held.includes('provincial_administrator')) return possible
  return held.includes('bureau_administrator')
    ? possible.filter((kind) => !BY_PROVINCE.includes(kind))
    : []
}

/** The roles that the caller may give there: from strictly above, the province also its own. */
export function rolesToGive(place: Place, grants: readonly Held[]): readonly Role[] {
  const above = new Set(place.above.map((one) => one.organisation_id))
  const fromAbove = grants.some((one) => OFFICES.includes(one.role) && above.has(one.organisation_id))
  const asProvince = rolesOver(place, grants).includes('provincial_administrator')
  const possible = HELD_AT[place.organisation.kind] ?? []
  const isAbove = place.organisation.kind === 'province' ? asProvince : fromAbove
  return isAbove ? possible : []
}
