// Whether this browser has a session at all, so that visitors are not asked to renew nothing.
// It is a yes or no, kept for all tabs; who it is and what opens it is never kept.
const KEPT_AS = 'yuzheng.has-session'

/** True when a session may be there; also where the browser keeps nothing. */
export function mayHaveSession(): boolean {
  try {
    return window.localStorage.getItem(KEPT_AS) === 'yes'
  } catch {
    return true
  }
}

/** Note that a session has begun or ended. */
export function notePresence(present: boolean): void {
  try {
    if (present) window.localStorage.setItem(KEPT_AS, 'yes')
    else window.localStorage.removeItem(KEPT_AS)
  } catch {
    // Then it is asked for each time.
  }
}

/** Call back when another tab has logged out. */
export function onLeftElsewhere(left: () => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === KEPT_AS && event.newValue === null) left()
  })
}
