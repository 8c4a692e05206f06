/// <reference lib="webworker" />
// Reads codes out of pictures. A worker of its own: its policy alone allows WebAssembly, the page's does not.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import decoder from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { Asked, Told } from './decoding'

const OPTIONS: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 }
const scope = self as unknown as DedicatedWorkerGlobalScope

prepareZXingModule({ overrides: { locateFile: () => decoder } })

scope.onmessage = async (event: MessageEvent<Asked>) => {
  const { id, picture } = event.data
  try {
    const found = await readBarcodes(picture, OPTIONS)
    tell({ id, text: found.find((code) => code.isValid)?.text ?? null })
  } catch {
    tell({ id, failed: true })
  }
}

function tell(told: Told): void {
  scope.postMessage(told)
}
