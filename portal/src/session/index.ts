export { homeOf, mayEnter, rolesOf, type Grant, type Profile, type Role } from './roles'
export { useSession } from './session'
