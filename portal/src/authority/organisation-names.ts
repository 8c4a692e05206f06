import { answer, identity } from '@/api'
import { remembered } from './remembered'

/** The name of an organisation as soon as it is known, until then nothing. */
export const organisationName = remembered(async (organisation_id) => {
  const params = { path: { organisation_id } }
  const place = await answer(identity.GET('/api/identity/v1/organisations/{organisation_id}', { params }))
  return place.organisation.name
})
