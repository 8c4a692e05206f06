import { reactive } from 'vue'

/** A text for each key as soon as it is known, until then ''; each is asked for once. */
export function remembered(ask: (key: string) => Promise<string>): (key: string | null | undefined) => string {
  const known = reactive<Record<string, string>>({})
  const asked = new Set<string>()

  async function learn(key: string): Promise<void> {
    asked.add(key)
    try {
      known[key] = await ask(key)
    } catch {
      // Asked again the next time it is to be shown; what it stands beside is readable without it.
      asked.delete(key)
      known[key] ??= ''
    }
  }

  return (key) => {
    if (!key) return ''
    if (!asked.has(key)) void learn(key)
    return known[key] ?? ''
  }
}
