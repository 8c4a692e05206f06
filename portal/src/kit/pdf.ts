import type { PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

/** Open a PDF for drawing. Nothing in it is run, and what it refers to is not fetched. */
export async function openPdf(blob: Blob): Promise<PDFDocumentProxy> {
  const pdf = await import('pdfjs-dist')
  pdf.GlobalWorkerOptions.workerSrc = workerUrl
  const data = new Uint8Array(await blob.arrayBuffer())
  return pdf.getDocument({ data, useWasm: false, enableXfa: false, disableFontFace: true }).promise
}

/** Draw one page into a canvas as wide as its place on the screen, times `zoom`. */
export async function drawPage(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<void> {
  const page = await document.getPage(number)
  const natural = page.getViewport({ scale: 1 }).width
  const viewport = page.getViewport({ scale: (width / natural) * Math.min(window.devicePixelRatio || 1, 2) })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport }).promise
}
