/** The camera: opened on request, closed as soon as a code was seen or the page is left. */

export type CameraTrouble = 'refused' | 'none' | 'busy' | 'insecure' | 'failed'

export interface Choice {
  id: string
  label: string
}

/** Say what keeps the camera from being used, in one of five words. */
export function troubleOf(thrown: unknown): CameraTrouble {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  return 'failed'
}

/** Open a camera: the chosen one, else the one that looks away from the person. */
export function openCamera(id: string | undefined): Promise<MediaStream> {
  const size = { width: { ideal: 1920 }, height: { ideal: 1080 } }
  const which = id ? { deviceId: { exact: id } } : { facingMode: 'environment' }
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...which, ...size } })
}

/** Return the cameras there are; names are told only while one is open. */
export async function cameras(): Promise<Choice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter((device) => device.kind === 'videoinput' && device.deviceId)
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

/** True when the camera has a lamp. */
export function hasTorch(stream: MediaStream): boolean {
  const [track] = stream.getVideoTracks()
  const able = track?.getCapabilities?.() as { torch?: boolean } | undefined
  return able?.torch === true
}

/** Switch the lamp. */
export async function setTorch(stream: MediaStream, on: boolean): Promise<void> {
  const [track] = stream.getVideoTracks()
  await track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
}

export function closeCamera(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
