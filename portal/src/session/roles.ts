import type { components } from '@/api/generated/identity'

export type Role = components['schemas']['Role']
export type Grant = components['schemas']['GrantView']

/** True when a page for `wanted` may be shown; a page without roles is for everybody logged in. */
export function mayEnter(held: readonly Role[], wanted: readonly Role[] | undefined): boolean {
  return !wanted || wanted.some((role) => held.includes(role))
}

// Where a day begins, the widest duty first.
const HOMES: readonly (readonly [Role, string])[] = [
  ['provincial_administrator', '/province'],
  ['bureau_administrator', '/bureau'],
  ['employer_administrator', '/employer'],
  ['technician', '/technician'],
  ['operator', '/operator'],
]

/** Where a person's day begins: the first area that is open to him and has a page. */
export function homeOf(roles: readonly Role[], hasPage: (path: string) => boolean = () => true): string {
  return HOMES.find(([role, path]) => roles.includes(role) && hasPage(path))?.[1] ?? '/start'
}
