/** Dots of pictures and film, no larger than a decoder needs. */

// A scanned page at 300 dpi is 2,480 wide; the code in it stays far above two dots a module.
const MOST_DOTS = 2600
// A photograph of a modern telephone is about 100 million bytes of dots; more is none of a code.
export const MOST_BYTES = 30 * 1024 * 1024

/** Return a picture file's dots; throws when it is none that the browser can read. */
export async function dotsOf(file: Blob): Promise<ImageData> {
  const picture = await createImageBitmap(file)
  try {
    return drawn(picture, picture.width, picture.height)
  } finally {
    picture.close()
  }
}

/** Return the dots of what is shown now, at `width` × `height` or smaller. */
export function drawn(source: CanvasImageSource, width: number, height: number): ImageData {
  const scale = Math.min(1, MOST_DOTS / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
