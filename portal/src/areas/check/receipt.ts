import { hoursOf } from '@/kit/units'
import { dayOf, instantOf, type State } from './facts'
import { spelled } from './management-number'

const HOW = ['qr', 'lookup', 'document', 'office', 'client'] as const
const VERDICTS = ['genuine', 'altered', 'foreign', 'unreadable'] as const

export interface Statement {
  at: string
  how: (typeof HOW)[number]
  issuer: string
  verdict: (typeof VERDICTS)[number] | undefined
  certificates: { year: number; version: number; state: State; facts: [string, string][] }[]
}

interface Said {
  state: State
  as_of: string | null
  management_number: string
  name_masked: string
  year: number
  version: number
  total_tenths: number
  employer_name: string
  office_name: string
  issued_on: string
}

/** Read what a receipt says into what is shown of it. */
export function statementOf(says: Record<string, unknown>): Statement {
  const certificates = (says['certificates'] ?? []) as Said[]
  const findings = (says['findings'] ?? []) as { verdict?: string }[]
  return {
    at: instantOf(new Date(Number(says['iat']) * 1000).toISOString()),
    how: HOW.find((one) => one === says['how']) ?? 'qr',
    issuer: String(says['iss'] ?? ''),
    verdict: VERDICTS.find((one) => one === findings[0]?.verdict),
    certificates: certificates.map((one) => ({
      year: one.year,
      version: one.version,
      state: one.state,
      facts: [
        ['name', one.name_masked],
        ['number', spelled(one.management_number)],
        ['employer', one.employer_name],
        ['hours', hoursOf(one.total_tenths)],
        ['office', one.office_name],
        ['issued', dayOf(one.issued_on)],
        ['as_of', one.as_of ? instantOf(one.as_of) : ''],
      ],
    })),
  }
}
