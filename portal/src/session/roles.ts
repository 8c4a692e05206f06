import type { components } from '@/api/generated/identity'

export type Role = components['schemas']['Role']
export type Profile = components['schemas']['ProfileView']
export type Grant = components['schemas']['GrantView']

/** The roles of a profile; everybody with a management number is a technician. */
export function rolesOf(profile: Profile | undefined): readonly Role[] {
  if (!profile) return []
  const roles = new Set<Role>(profile.grants.map((grant) => grant.role))
  if (profile.person) roles.add('technician')
  return [...roles]
}

/** True when a page for `wanted` may be shown; a page without roles is for everybody logged in. */
export function mayEnter(held: readonly Role[], wanted: readonly Role[] | undefined): boolean {
  return !wanted || wanted.some((role) => held.includes(role))
}

/** Where a person's day begins: the first of these areas that is open to him. */
export function homeOf(roles: readonly Role[]): string {
  const homes: [Role, string][] = [
    ['provincial_administrator', '/province'],
    ['bureau_administrator', '/bureau'],
    ['employer_administrator', '/employer'],
    ['technician', '/technician'],
    ['operator', '/operator'],
  ]
  return homes.find(([role]) => roles.includes(role))?.[1] ?? '/account'
}
