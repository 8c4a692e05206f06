/** What a key does on the review page. Nothing happens while somebody types. */

export type KeyAction =
  | { does: 'next' | 'previous' | 'approve' | 'return' | 'reject' | 'help' }
  | { does: 'reason'; place: number }

const LETTERS: Record<string, KeyAction> = {
  j: { does: 'next' },
  k: { does: 'previous' },
  a: { does: 'approve' },
  r: { does: 'return' },
  x: { does: 'reject' },
  '?': { does: 'help' },
  '？': { does: 'help' },
}

const TYPED = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="combobox"], [role="textbox"]'

/** Tell whether the element is one that takes what is typed. */
export function takesTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  const field = target.closest(TYPED)
  if (!field) return false
  const kind = field instanceof HTMLInputElement ? field.type : ''
  return !['checkbox', 'radio', 'button'].includes(kind)
}

/** Return what the key asks for; nothing with a modifier, while composing, or while typing. */
export function actionOf(event: KeyboardEvent): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return null
  if (takesTyping(event.target)) return null
  if (/^[1-9]$/.test(event.key)) return { does: 'reason', place: Number(event.key) - 1 }
  return LETTERS[event.key.toLowerCase()] ?? null
}

const SWITCH = 'yuzheng.review.keys'

/** Shortcuts of one letter get into the way of screen readers, so they can be switched off. */
export function keysAreOn(): boolean {
  return localStorage.getItem(SWITCH) !== 'off'
}

export function switchKeys(on: boolean): void {
  localStorage.setItem(SWITCH, on ? 'on' : 'off')
}
