export { homeOf, mayEnter, type Grant, type Role } from './roles'
export { useSession, type Account } from './session'
