/** Pictures on paper: each on a page of its own, in a frame that only the printer sees. Paper is light in any theme. */
import { pageColour } from './draw-mermaid.ts'
import type { Svg } from './picture-svg.ts'

/** The light colours, asked for while nothing is painted in between. */
export function inLight<Made>(make: (colour: (name: string) => string) => Made): Made {
  const root = document.documentElement
  const { theme } = root.dataset
  root.dataset['theme'] = 'light'
  try {
    return make(pageColour)
  } finally {
    if (theme === undefined) delete root.dataset['theme']
    else root.dataset['theme'] = theme
  }
}

export async function print(frame: HTMLIFrameElement, pages: readonly Svg[], alt: string): Promise<void> {
  const { contentDocument: paper, contentWindow: printer } = frame
  if (!paper || !printer) throw new Error('no frame')
  const style = paper.createElement('style')
  style.textContent =
    'body{margin:0}img{display:block;max-width:100%;max-height:98vh;margin:0 auto;break-after:page;break-inside:avoid}'
  paper.head.replaceChildren(style)
  paper.documentElement.lang = document.documentElement.lang
  const addresses: string[] = []
  const images = pages.map(({ text }) => {
    const image = paper.createElement('img')
    image.alt = alt
    addresses.push(URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' })))
    image.src = addresses.at(-1)!
    return image
  })
  paper.body.replaceChildren(...images)
  try {
    await Promise.all(images.map((image) => image.decode()))
    printer.print()
  } finally {
    for (const address of addresses) URL.revokeObjectURL(address)
  }
}
