/** A picture drawn into pixels. It is drawn from a file that needs nothing else, or the canvas would not give it back. */
import type { Svg } from './picture-svg.ts'

/** Browsers draw nothing, or nothing at all, beyond this many pixels on a side. */
const MOST_PIXELS = 16_000
/** For screens and printers that have more dots than a pixel. */
const SCALE = 2

export async function pngOf({ text, width, height }: Svg): Promise<Uint8Array<ArrayBuffer>> {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const scale = Math.min(SCALE, MOST_PIXELS / width, MOST_PIXELS / height)
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(width * scale)
    canvas.height = Math.ceil(height * scale)
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((take) => canvas.toBlob(take, 'image/png'))
    if (!blob) throw new Error('no picture')
    return new Uint8Array(await blob.arrayBuffer())
  } finally {
    URL.revokeObjectURL(address)
  }
}
