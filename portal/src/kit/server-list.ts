import { computed, reactive, ref, watch, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { useLoading } from '@/api/loading'

/** One page as our services give it. */
export interface Page<Row> {
  items: readonly Row[]
  next_cursor?: string | null
}

/** What a page is asked for with. Empty filters are left out. */
export interface ListQuery<Filter extends string> {
  filters: Partial<Record<Filter, string>>
  sort: string | undefined
  cursor: string | undefined
  limit: number
}

export interface ListOptions<Row, Filter extends string> {
  load(query: ListQuery<Filter>, signal: AbortSignal): Promise<Page<Row>>
  /** Names of the filters, with what they are when the address does not say. */
  filters?: Readonly<Record<Filter, string>>
  /** Filters with personal data in them (names, numbers): they never come into the address. */
  secret?: readonly Filter[]
  /** `field` or `-field`. */
  sort?: string
  limit?: number
  /** Told apart from other lists of the same page by this. */
  prefix?: string
}

/**
 * A list that the server pages, sorts and filters. Filters and sort are in the address, so a reload,
 * a bookmark and the back button show the same; where one has paged to is not.
 */
export function useServerList<Row, Filter extends string = never>(options: ListOptions<Row, Filter>) {
  const route = useRoute()
  const router = useRouter()
  const { prefix = '', limit = 20, secret = [] } = options
  const defaults = (options.filters ?? {}) as Record<Filter, string>
  const names = Object.keys(defaults) as Filter[]
  const hidden = reactive<Record<string, string>>(
    Object.fromEntries(secret.map((name) => [name, defaults[name]])),
  )

  const set = (name: string, value: string, otherwise: string) => {
    void router.replace({ query: changed(route.query, prefix + name, value, otherwise) })
  }
  const filters = reactive(
    Object.fromEntries(
      names.map((name) => {
        const inAddress = computed({
          get: () => text(route.query[prefix + name]) ?? defaults[name],
          set: (value: string) => set(name, value, defaults[name]),
        })
        const apart = computed({
          get: () => hidden[name] ?? '',
          set: (value: string) => (hidden[name] = value),
        })
        return [name, secret.includes(name) ? apart : inAddress]
      }),
    ) as Record<Filter, WritableComputedRef<string>>,
  ) as Record<Filter, string>
  const sort = computed({
    get: () => text(route.query[`${prefix}sort`]) ?? options.sort ?? '',
    set: (value: string) => set('sort', value, options.sort ?? ''),
  })

  /** The cursors of the pages up to this one; the first page has none. */
  const trail = ref<(string | undefined)[]>([undefined])
  const { data, loading, problem, reload } = useLoading((signal) =>
    options.load(
      {
        filters: Object.fromEntries(
          names.map((name) => [name, filters[name]]).filter(([, value]) => value),
        ) as Partial<Record<Filter, string>>,
        sort: sort.value || undefined,
        cursor: trail.value.at(-1),
        limit,
      },
      signal,
    ),
  )

  async function turn(pages: (string | undefined)[]): Promise<void> {
    trail.value = pages
    await reload()
  }

  const asked = computed(() => JSON.stringify([names.map((name) => filters[name]), sort.value]))
  watch(asked, () => turn([undefined]), { immediate: true })

  return {
    filters,
    sort,
    rows: computed(() => data.value?.items ?? []),
    isLoaded: computed(() => data.value !== undefined),
    page: data,
    loading,
    problem,
    reload,
    number: computed(() => trail.value.length),
    hasNext: computed(() => Boolean(data.value?.next_cursor)),
    hasPrevious: computed(() => trail.value.length > 1),
    next: () => turn([...trail.value, data.value?.next_cursor ?? undefined]),
    previous: () => turn(trail.value.slice(0, -1)),
  }
}

/** The query with one name changed; what is as usual is not written down. */
export function changed(query: LocationQuery, name: string, value: string, usual: string): LocationQuery {
  const { [name]: _, ...others } = query
  return value === usual ? others : { ...others, [name]: value }
}

function text(value: LocationQuery[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** What a click on a column's head makes of the sort: up, down, as usual. */
export function turned(sort: string, field: string, usual: string): string {
  if (sort === field) return `-${field}`
  return sort === `-${field}` && usual !== sort ? usual : field
}
