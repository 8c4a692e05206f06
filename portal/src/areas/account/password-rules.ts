const FEWEST_CHARACTERS = 10

/** Return the key of what is wrong with a new password before it is sent, or nothing. */
export function passwordFault(old: string, fresh: string, again: string): string {
  if (!old) return 'account.password.need_old'
  if ([...fresh].length < FEWEST_CHARACTERS) return 'account.password.too_short'
  if (fresh === old) return 'account.password.unchanged'
  return fresh === again ? '' : 'account.password.different'
}
