// Without letters and digits that are taken for each other when read from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const GROUPS = 4
const GROUP_LENGTH = 4

/** Make an initial password that can be read out and typed: four groups, 93 random bits. */
export function newInitialPassword(): string {
  const groups = Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, letter).join(''),
  )
  return groups.join('-')
}

function letter(): string {
  const [byte] = crypto.getRandomValues(new Uint8Array(1))
  // A byte beyond the last whole round would favour the first letters.
  const fair = 256 - (256 % LETTERS.length)
  return byte !== undefined && byte < fair ? LETTERS.charAt(byte % LETTERS.length) : letter()
}

/** True for the form of a management number, check digits included (ISO 7064 MOD 97-10). */
export function isManagementNumber(text: string): boolean {
  return /^41\d{12}$/.test(text) && BigInt(text) % 97n === 1n
}
