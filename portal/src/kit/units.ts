/** Credit hours are integers of tenths on the wire; people read 90 or 4.5. */
export function hoursOf(tenths: number): string {
  return (tenths / 10).toFixed(tenths % 10 === 0 ? 0 : 1)
}

/** Return tenths of what was typed, or nothing when it is no number of hours with one decimal. */
export function tenthsOf(typed: string): number | undefined {
  const plain = typed.trim().replace('．', '.').replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
  return /^\d{1,5}(\.\d)?$/.test(plain) ? Math.round(Number(plain) * 10) : undefined
}

/** A file's size as people read it. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
