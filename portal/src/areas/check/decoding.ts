/** Asks the decoding worker what code a picture shows. */

export interface Asked {
  id: number
  picture: ImageData
}
export type Told = { id: number; text: string | null } | { id: number; failed: true }

/** The decoder could not be loaded, or did not survive a picture. */
export class DecoderFailed extends Error {}

export class Decoder {
  private worker: Worker | undefined
  private asked = 0
  private readonly waiting = new Map<number, PromiseWithResolvers<string | null>>()
  private readonly start: () => Worker

  constructor(start: () => Worker) {
    this.start = start
  }

  /** Return the text of the code in a picture, or null if none can be read. */
  read(picture: ImageData): Promise<string | null> {
    this.worker ??= this.started()
    const answer = withResolvers<string | null>()
    const id = ++this.asked
    this.waiting.set(id, answer)
    this.worker.postMessage({ id, picture } satisfies Asked, [picture.data.buffer])
    return answer.promise
  }

  close(): void {
    this.worker?.terminate()
    this.worker = undefined
    for (const one of this.waiting.values()) one.resolve(null)
    this.waiting.clear()
  }

  private started(): Worker {
    const worker = this.start()
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      const answer = this.waiting.get(data.id)
      this.waiting.delete(data.id)
      if ('failed' in data) answer?.reject(new DecoderFailed())
      else answer?.resolve(data.text)
    }
    worker.onerror = () => {
      for (const one of this.waiting.values()) one.reject(new DecoderFailed())
      this.waiting.clear()
      this.close()
    }
    return worker
  }
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>
  resolve: (value: T) => void
  reject: (reason: Error) => void
}

// `Promise.withResolvers` is younger than the browsers we serve.
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void
  let reject!: (reason: Error) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
