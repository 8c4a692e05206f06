import type { PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

/** Open a PDF for drawing. Nothing in it is run, and what it refers to is not fetched. */
export async function openPdf(blob: Blob): Promise<PDFDocumentProxy> {
  const pdf = await import('pdfjs-dist')
  pdf.GlobalWorkerOptions.workerSrc = workerUrl
  const data = new Uint8Array(await blob.arrayBuffer())
  return pdf.getDocument({ data, useWasm: false, enableXfa: false, disableFontFace: true }).promise
}

/** Draw one page into a canvas of that width, turned by so many quarters. */
export async function drawPage(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
  turns = 0,
): Promise<void> {
  const page = await document.getPage(number)
  const rotation = (page.rotate + turns * 90) % 360
  const natural = page.getViewport({ scale: 1, rotation }).width
  const viewport = page.getViewport({
    scale: (width / natural) * Math.min(window.devicePixelRatio || 1, 2),
    rotation,
  })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport }).promise
}
