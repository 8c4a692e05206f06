/** What somebody gave as the reason of an act. */
export interface Reason {
  code: string
  text: string
}

/** One reason that can be chosen. */
export interface ReasonChoice {
  code: string
  label: string
}

/** Return the key of what is still missing, or nothing. */
export function missing(reason: Reason, choices: readonly ReasonChoice[], isTextNeeded: boolean): string {
  if (choices.length && !choices.some(({ code }) => code === reason.code)) return 'kit.reason_choose'
  return isTextNeeded && !reason.text.trim() ? 'kit.reason_write' : ''
}
