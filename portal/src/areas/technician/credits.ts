/** How much of a requirement is met, 0…1; without a requirement it is met. */
export function share(counted: number, required: number): number {
  return required <= 0 ? 1 : Math.min(1, counted / required)
}
