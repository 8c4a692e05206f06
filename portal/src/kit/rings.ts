/** What a ring shows of one subject kind. */
export interface RingShare {
  counted: number
  required: number
}

/** The filled and the open part; nothing is ever more than full, and nothing required is full. */
export function ringParts({ counted, required }: RingShare): { filled: number; open: number } {
  if (required <= 0) return { filled: 1, open: 0 }
  const filled = Math.min(counted, required)
  return { filled, open: required - filled }
}

/** What is still missing, in tenths. */
export function lacking({ counted, required }: RingShare): number {
  return Math.max(0, required - counted)
}
