import { reactive } from 'vue'
import { answer, identity } from '@/api'

const names = reactive<Record<string, string>>({})
const asked = new Set<string>()

/** The name of an organisation as soon as it is known, until then nothing; each is asked for once. */
export function organisationName(id: string | null | undefined): string {
  if (!id) return ''
  if (!asked.has(id)) void ask(id)
  return names[id] ?? ''
}

async function ask(id: string): Promise<void> {
  asked.add(id)
  try {
    const place = await answer(
      identity.GET('/api/identity/v1/organisations/{organisation_id}', {
        params: { path: { organisation_id: id } },
      }),
    )
    names[id] = place.organisation.name
  } catch {
    // Asked again the next time it is to be shown; what it stands beside is readable without it.
    asked.delete(id)
    names[id] ??= ''
  }
}
