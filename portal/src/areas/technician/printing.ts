import { drawPage, openPdf } from '@/kit/pdf'
import './printing.css'

const A4_INCHES = 8.27
const DOTS_PER_INCH = 200

/**
 * Print a PDF from the page itself, in actual size: its pages are drawn here and put on sheets that
 * only the printer sees. No other window, no address that the certificate would be at.
 */
export async function printPdf(blob: Blob): Promise<void> {
  const sheets = document.createElement('div')
  sheets.className = 'print-sheets'
  const urls: string[] = []
  const opened = await openPdf(blob)
  try {
    for (let number = 1; number <= opened.numPages; number += 1) {
      const url = URL.createObjectURL(await picture(opened, number))
      urls.push(url)
      const image = new Image()
      image.src = url
      image.alt = ''
      await image.decode()
      sheets.append(image)
    }
    document.body.append(sheets)
    document.documentElement.toggleAttribute('data-printing', true)
    window.print()
  } finally {
    document.documentElement.toggleAttribute('data-printing', false)
    sheets.remove()
    for (const url of urls) URL.revokeObjectURL(url)
    void opened.loadingTask.destroy()
  }
}

async function picture(opened: Awaited<ReturnType<typeof openPdf>>, number: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const density = Math.min(window.devicePixelRatio || 1, 2)
  await drawPage(opened, number, canvas, (A4_INCHES * DOTS_PER_INCH) / density)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })
}
