/** Mermaid is large: it comes when somebody wants a drawing, and not before. */
import type { Svg } from './picture-svg.ts'

let drawings = 0
/** It keeps what it draws in one place of the page, so it draws one thing at a time. */
let before: Promise<unknown> = Promise.resolve()

export function drawMermaid(text: string): Promise<Svg> {
  const drawing = before.then(() => draw(text))
  before = drawing.catch(() => null)
  return drawing
}

async function draw(text: string): Promise<Svg> {
  const { default: mermaid } = await import('mermaid')
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: 'base',
    themeVariables: look(),
    sequence: { mirrorActors: false, useMaxWidth: false },
  })
  const { svg } = await mermaid.render(`mermaid-${++drawings}`, text)
  return standing(svg)
}

/** What mermaid gives is HTML; a file of its own is XML, with a size and a ground. */
function standing(html: string): Svg {
  const svg = new DOMParser().parseFromString(html, 'text/html').querySelector('svg')
  if (!svg) throw new Error('no picture')
  const [, , width = 600, height = 400] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number)
  svg.setAttribute('width', String(Math.ceil(width)))
  svg.setAttribute('height', String(Math.ceil(height)))
  svg.style.background = pageColour('sheet')
  return { text: `${new XMLSerializer().serializeToString(svg)}\n`, width: Math.ceil(width), height: Math.ceil(height) }
}

/** As the page's theme has it. */
export const pageColour = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

/** The page's own colours. */
function look(): Record<string, string> {
  return {
    fontFamily: pageColour('sans'),
    background: pageColour('sheet'),
    actorBkg: pageColour('accent-wash'),
    actorBorder: pageColour('accent'),
    actorTextColor: pageColour('ink'),
    actorLineColor: pageColour('rule-strong'),
    signalColor: pageColour('ink-soft'),
    signalTextColor: pageColour('ink'),
    noteBkgColor: pageColour('mail-wash'),
    noteBorderColor: pageColour('mail'),
    noteTextColor: pageColour('ink'),
  }
}
