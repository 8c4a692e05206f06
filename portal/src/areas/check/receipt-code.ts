/** Codes that are typed from paper: receipts and shares, twelve letters of Crockford's alphabet. */

const LENGTH = 12
const MISTYPED: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** Return the code as it is kept, or nothing when it cannot be one. */
export function codeOf(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[OIL]/g, (letter) => MISTYPED[letter] ?? letter)
  return code.length === LENGTH && /^[0-9A-HJKMNP-TV-Z]+$/.test(code) ? code : undefined
}
