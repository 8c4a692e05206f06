import { answer, identity } from '@/api'
import { remembered } from './remembered'

/** Name and office of an official whom a record tells by number, as soon as they are known. */
export const officialName = remembered(async (actor) => {
  const params = { path: { actor } }
  const { name, organisation_name } = await answer(identity.GET('/api/identity/v1/officials/{actor}', { params }))
  return [name, organisation_name].join(' · ')
})
