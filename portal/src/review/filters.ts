/** What of the queue is asked for, as it stands in the address: never a name or a number. */

export type Step = 'employer' | 'bureau'
export type Holding = 'mine' | 'free' | 'others'
export type Sort = 'oldest' | 'newest'

export interface QueueFilters {
  year?: number
  subject_kind?: string
  activity_kind?: string
  organisation_id?: string
  holding?: Holding
  overdue?: boolean
  sort: Sort
}

/** The filters' names in the address, with what they are when it does not say. */
export const IN_ADDRESS = { year: '', subject: '', activity: '', unit: '', holding: '', overdue: '' } as const
export type InAddress = keyof typeof IN_ADDRESS

/** The field by which a table's head turns the order around. */
export const AGE = 'age'
const NEWEST_FIRST = `-${AGE}`

type Query = Record<string, unknown>

export const HOLDINGS = ['mine', 'free', 'others'] as const satisfies readonly Holding[]
const CODE = /^[a-z][a-z0-9_]{0,59}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Read the filters of an address; what is not understood is left out. */
export function readFilters(query: Query): QueueFilters {
  const text = (name: string): string => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  const year = Number(text('year'))
  const filters: QueueFilters = { sort: text('sort') === NEWEST_FIRST ? 'newest' : 'oldest' }
  if (Number.isInteger(year) && year >= 2000 && year <= 2100) filters.year = year
  if (CODE.test(text('subject'))) filters.subject_kind = text('subject')
  if (CODE.test(text('activity'))) filters.activity_kind = text('activity')
  if (UUID.test(text('unit'))) filters.organisation_id = text('unit')
  const holding = HOLDINGS.find((one) => one === text('holding'))
  if (holding) filters.holding = holding
  if (text('overdue') === '1') filters.overdue = true
  return filters
}

/** Write the filters into an address, shortest form. */
export function writeFilters(filters: QueueFilters): Record<string, string> {
  const query: Record<string, string> = {}
  if (filters.year) query.year = String(filters.year)
  if (filters.subject_kind) query.subject = filters.subject_kind
  if (filters.activity_kind) query.activity = filters.activity_kind
  if (filters.organisation_id) query.unit = filters.organisation_id
  if (filters.holding) query.holding = filters.holding
  if (filters.overdue) query.overdue = '1'
  if (filters.sort === 'newest') query.sort = NEWEST_FIRST
  return query
}

/** The filters as the service takes them; the order is not one of them. */
export function asked(step: Step, filters: QueueFilters): Omit<QueueFilters, 'sort'> & { step: Step } {
  const { sort: _, ...narrowing } = filters
  return { step, ...narrowing }
}

/** How many of the filters narrow the queue. */
export function narrowing(filters: QueueFilters): number {
  return Object.keys(writeFilters(filters)).filter((name) => name !== 'sort').length
}
