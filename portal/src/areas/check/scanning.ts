import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { cameras, closeCamera, hasTorch, openCamera, setTorch, troubleOf, type CameraTrouble, type Choice } from './camera'
import { Decoder } from './decoding'
import { dotsOf, drawn, MOST_BYTES } from './pictures'

// More of the processor than a phone has to spare at every frame finds no more codes.
const FRAME_MILLISECONDS = 200

export type ScanTrouble = CameraTrouble | 'unread' | 'no_picture' | 'decoder'

const newDecoder = () =>
  new Decoder(() => new Worker(new URL('./decoding.worker.ts', import.meta.url), { type: 'module' }))

/** Look for a code with the camera or in a picture; `found` is told its text once. */
export function useScanning(video: Ref<HTMLVideoElement | undefined>, found: (text: string) => void) {
  const decoder = newDecoder()
  const stream = shallowRef<MediaStream>()
  const opening = ref(false)
  const choices = shallowRef<Choice[]>([])
  const chosen = ref('')
  const torch = ref({ there: false, on: false })
  const trouble = ref<ScanTrouble>()
  let gone = false

  async function open(id = chosen.value): Promise<void> {
    close()
    trouble.value = undefined
    if (!navigator.mediaDevices) return fail('insecure')
    opening.value = true
    try {
      const opened = await openCamera(id || undefined)
      if (gone) return closeCamera(opened)
      await show(opened)
      void watch(opened)
    } catch (thrown) {
      close()
      fail(troubleOf(thrown))
    } finally {
      opening.value = false
    }
  }

  async function show(opened: MediaStream): Promise<void> {
    stream.value = opened
    if (!video.value) return
    video.value.srcObject = opened
    await video.value.play()
    chosen.value = opened.getVideoTracks()[0]?.getSettings().deviceId ?? ''
    torch.value = { there: hasTorch(opened), on: false }
    choices.value = await cameras()
  }

  async function watch(opened: MediaStream): Promise<void> {
    while (stream.value === opened && video.value) {
      const { videoWidth: width, videoHeight: height } = video.value
      const text = width > 0 ? await read(drawn(video.value, width, height)) : null
      if (text !== null && stream.value === opened) {
        close()
        return found(text)
      }
      await new Promise((resume) => setTimeout(resume, FRAME_MILLISECONDS))
    }
  }

  async function read(picture: ImageData): Promise<string | null> {
    try {
      return await decoder.read(picture)
    } catch {
      close()
      fail('decoder')
      return null
    }
  }

  async function readFile(file: File): Promise<void> {
    close()
    trouble.value = undefined
    if (file.size > MOST_BYTES) return fail('no_picture')
    const picture = await dotsOf(file).catch(() => undefined)
    if (!picture) return fail('no_picture')
    const text = await read(picture)
    if (text !== null) found(text)
    else trouble.value ??= 'unread'
  }

  async function light(on: boolean): Promise<void> {
    if (!stream.value) return
    await setTorch(stream.value, on).catch(() => undefined)
    torch.value = { ...torch.value, on }
  }

  function close(): void {
    closeCamera(stream.value)
    stream.value = undefined
    torch.value = { there: false, on: false }
    if (video.value) video.value.srcObject = null
  }

  function fail(why: ScanTrouble): void {
    trouble.value = why
  }

  onScopeDispose(() => {
    gone = true
    close()
    decoder.close()
  })
  return { open, close, readFile, light, stream, opening, choices, chosen, torch, trouble }
}
