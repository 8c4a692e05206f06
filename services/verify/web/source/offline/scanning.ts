/** Codes out of pictures: from the camera, or from a picture that is chosen. */

import { type ReaderOptions, prepareZXingModule, purgeZXingModule, readBarcodes } from "zxing-wasm/reader";

// More of the processor than a phone has to spare at every frame finds no more codes.
const FRAME_MILLISECONDS = 250;
// A scanned page at 300 dpi is 2,480 wide; the code in it stays far above two dots a module.
const MOST_PIXELS = 2600;
const OPTIONS: ReaderOptions = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

/** Load the decoder; if that fails it is tried again when it is needed. */
export async function prepare(address: string): Promise<void> {
  const overrides = { locateFile: () => address };
  try {
    await prepareZXingModule({ overrides, fireImmediately: true });
  } catch {
    purgeZXingModule();
    prepareZXingModule({ overrides });
  }
}

/** Return the text of the code in a picture, or null if none can be read. */
export async function readPicture(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
  return decoded(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
}

/** The camera while it is open. */
export class Camera {
  private readonly video: HTMLVideoElement;
  private stream: MediaStream | null = null;

  constructor(video: HTMLVideoElement) {
    this.video = video;
  }

  get isOpen(): boolean {
    return this.stream !== null;
  }

  /** Show the camera and return the first code it sees; null if it is closed before. */
  async scan(): Promise<string | null> {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    this.stream = stream;
    try {
      this.video.srcObject = stream;
      await this.video.play();
      return await this.seen(stream);
    } finally {
      this.close();
    }
  }

  close(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  private async seen(stream: MediaStream): Promise<string | null> {
    while (this.stream === stream) {
      const { videoWidth: width, videoHeight: height } = this.video;
      const text = width > 0 ? await decoded(this.video, width, height) : null;
      if (text !== null) return text;
      await new Promise((resume) => setTimeout(resume, FRAME_MILLISECONDS));
    }
    return null;
  }
}

async function decoded(
  source: CanvasImageSource,
  width: number,
  height: number,
): Promise<string | null> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(source, 0, 0, width, height);
  const found = await readBarcodes(context.getImageData(0, 0, width, height), OPTIONS);
  return found.find((code) => code.isValid)?.text ?? null;
}
