/** Return where a log-in leads to: the page that asked for it, if it is one of ours. */
export function nextPage(asked: unknown, otherwise: string): string {
  const path = typeof asked === 'string' ? asked : ''
  const isOurs = path.startsWith('/') && !path.startsWith('//') && !path.includes('\\')
  return isOurs && !path.startsWith('/login') ? path : otherwise
}
