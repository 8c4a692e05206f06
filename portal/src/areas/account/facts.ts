import { answer, certificates, hours, identity } from '@/api'
import { useSession } from '@/session'
import type { Facts } from './steps'

const ONE = 1

/** Ask the services, for one page only of whatever it is. */
export function factsOfServices(): Facts {
  const { state } = useSession()
  const isEmpty = async (call: Promise<{ items: readonly unknown[] }>) => (await call).items.length === 0
  const query = { limit: ONE }
  return {
    hasOwnPassword: async () => !state.account?.must_change_password,
    hasEmployer: async () => {
      const profile = await answer(identity.GET('/api/identity/v1/me'))
      return profile.affiliations.some((tie) => tie.state === 'confirmed')
    },
    hasFiled: async () =>
      !(await isEmpty(answer(hours.GET('/api/hours/v1/claims', { params: { query } })))),
    hasCertificate: async () =>
      !(await isEmpty(answer(certificates.GET('/api/certificates/v1/certificates', { params: { query } })))),
    hasNobodyToConfirm: () =>
      isEmpty(
        answer(
          identity.GET('/api/identity/v1/affiliations', { params: { query: { ...query, state: 'requested' } } }),
        ),
      ),
    hasNothingToReview: (step) =>
      isEmpty(answer(hours.GET('/api/hours/v1/reviews', { params: { query: { ...query, step } } }))),
    hasSeal: async () => {
      const seals = await answer(certificates.GET('/api/certificates/v1/seals', {}))
      return seals.items.some((seal) => seal.state === 'active')
    },
    hasNothingToApprove: () =>
      isEmpty(answer(certificates.GET('/api/certificates/v1/approvals', { params: { query } }))),
    hasNothingParked: () =>
      isEmpty(answer(certificates.GET('/api/certificates/v1/work', { params: { query: { ...query, kind: 'parked' } } }))),
  }
}
