import type { Role } from '@/session'

/** One first step: whether it is done is what the services say now. */
export interface Step {
  key: string
  /** Where it is done: an address, or an area. */
  to: string
  done: boolean
}

/** What the services answer the questions below. */
export interface Facts {
  hasOwnPassword(): Promise<boolean>
  hasEmployer(): Promise<boolean>
  hasFiled(): Promise<boolean>
  hasCertificate(): Promise<boolean>
  hasNobodyToConfirm(): Promise<boolean>
  hasNothingToReview(step: 'employer' | 'bureau'): Promise<boolean>
  hasSeal(): Promise<boolean>
  hasNothingToApprove(): Promise<boolean>
  hasNothingParked(): Promise<boolean>
}

type Question = (facts: Facts) => Promise<boolean>
interface Plan {
  key: string
  to: string
  ask: Question
}

const EVERYBODY: readonly Plan[] = [
  { key: 'password', to: '/account/password', ask: (facts) => facts.hasOwnPassword() },
]
const PLANS: Partial<Record<Role, readonly Plan[]>> = {
  technician: [
    { key: 'employer', to: '/account', ask: (facts) => facts.hasEmployer() },
    { key: 'file', to: 'technician', ask: (facts) => facts.hasFiled() },
    { key: 'certificate', to: 'technician', ask: (facts) => facts.hasCertificate() },
  ],
  employer_administrator: [
    { key: 'confirm', to: 'employer', ask: (facts) => facts.hasNobodyToConfirm() },
    { key: 'review', to: 'employer', ask: (facts) => facts.hasNothingToReview('employer') },
  ],
  bureau_administrator: [
    { key: 'seal', to: 'bureau', ask: (facts) => facts.hasSeal() },
    { key: 'review_bureau', to: 'bureau', ask: (facts) => facts.hasNothingToReview('bureau') },
    { key: 'approve', to: 'bureau', ask: (facts) => facts.hasNothingToApprove() },
  ],
  provincial_administrator: [
    { key: 'approve_province', to: 'province', ask: (facts) => facts.hasNothingToApprove() },
  ],
  operator: [{ key: 'parked', to: 'operator', ask: (facts) => facts.hasNothingParked() }],
}

/** The steps of each role held, in order; a role without steps is left out. */
export async function stepsOf(
  roles: readonly Role[],
  facts: Facts,
): Promise<{ role: Role | 'everybody'; steps: Step[] }[]> {
  const groups: [Role | 'everybody', readonly Plan[]][] = [
    ['everybody', EVERYBODY],
    ...roles.map((role): [Role, readonly Plan[]] => [role, PLANS[role] ?? []]),
  ]
  return Promise.all(
    groups
      .filter(([, plans]) => plans.length)
      .map(async ([role, plans]) => ({
        role,
        steps: await Promise.all(plans.map(async ({ key, to, ask }) => ({ key, to, done: await ask(facts) }))),
      })),
  )
}
