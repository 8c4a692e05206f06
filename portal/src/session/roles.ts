import type { components } from '@/api/generated/identity'

export type Role = components['schemas']['Role']
export type Grant = components['schemas']['GrantView']

/** True when a page for `wanted` may be shown; a page without roles is for everybody logged in. */
export function mayEnter(held: readonly Role[], wanted: readonly Role[] | undefined): boolean {
  return !wanted || wanted.some((role) => held.includes(role))
}

// Where a day begins, the widest duty first: areas have the names of the folders.
const AREAS: readonly (readonly [Role, string])[] = [
  ['provincial_administrator', 'province'],
  ['bureau_administrator', 'bureau'],
  ['employer_administrator', 'employer'],
  ['technician', 'technician'],
  ['operator', 'operator'],
]

/** Where a person's day begins: the first page of the first area that has one for him. */
export function homeOf(roles: readonly Role[], firstPage: (area: string) => string | undefined): string {
  for (const [role, area] of AREAS) {
    const page = roles.includes(role) ? firstPage(area) : undefined
    if (page) return page
  }
  return '/start'
}
