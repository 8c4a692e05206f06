import { asProblem, isAborted, Problem, NO_CONNECTION } from './problem'
import { authorisedFetch, problemOf, withToken } from './transport'

/** A file that a service gave out to this person. */
export interface FetchedFile {
  blob: Blob
  /** Media type without parameters. */
  type: string
  /** The name the service gives it, or nothing. */
  name: string
}

/** Fetch a file with the person's token; `path` is an address of our own API. */
export async function fetchFile(path: string, signal?: AbortSignal): Promise<FetchedFile> {
  const request = new Request(new URL(path, window.location.origin), { signal: signal ?? null })
  const response = await authorisedFetch(request)
  if (!response.ok) throw await problemOf(response)
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  try {
    const name = nameIn(response.headers.get('content-disposition'))
    return { blob: await response.blob(), type, name }
  } catch (thrown) {
    throw isAborted(thrown) ? thrown : asProblem(thrown)
  }
}

/** Fetch a file and hand it to the browser's downloads. */
export async function saveFile(path: string, fallbackName: string): Promise<void> {
  const file = await fetchFile(path)
  saveBlob(file.blob, file.name || fallbackName)
}

/** Hand bytes to the browser's downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the bytes by the next minute.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Read a file's name from a Content-Disposition header (RFC 6266). */
export function nameIn(disposition: string | null): string {
  const extended = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (extended) {
    try {
      return decodeURIComponent(extended.trim())
    } catch {
      return ''
    }
  }
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition ?? '')
  return (plain?.[1] ?? plain?.[2] ?? '').trim()
}

/** What `upload` needs to know. */
export interface Upload {
  path: string
  file: File
  /** Further fields of the form. */
  fields?: Readonly<Record<string, string>>
  key: string
  onProgress?: (share: number) => void
  signal?: AbortSignal
}

/** Send a file as the field `file` of a form; `fetch` cannot tell how far it is. */
export function upload<T>(what: Upload): Promise<T> {
  return withToken((token) => sendForm<T>(what, token))
}

function sendForm<T>({ path, file, fields, key, onProgress, signal }: Upload, token?: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'text'
    request.setRequestHeader('Idempotency-Key', key)
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    }
    request.onerror = () => reject(new Problem(0, { code: NO_CONNECTION }))
    request.onabort = () => reject(new DOMException('', 'AbortError'))
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as T)
      else reject(new Problem(request.status, body, request.getResponseHeader('retry-after')))
    }
    if (signal?.aborted) return reject(new DOMException('', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    for (const [name, value] of Object.entries(fields ?? {})) form.append(name, value)
    form.append('file', file, file.name)
    request.send(form)
  })
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
