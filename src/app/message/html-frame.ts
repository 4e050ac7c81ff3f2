/**
 * An HTML text of a stranger, made ready for a frame in which nothing can run, load or lead anywhere. Three doors, each of
 * which would do: what could act is taken out here; the frame's own policy lets nothing in; and its sandbox runs no script.
 */
import { harmless } from '../../core/bytes/utf8.ts'
import { referenceText } from '../../core/message/mime/kinds/html-references.ts'
import { htmlText } from '../../core/message/mime/kinds/html-text.ts'

export interface HtmlFrame {
  /** For `srcdoc`. */
  readonly page: string
  /** How many pictures, style sheets and the like it wanted from the Internet. */
  readonly outside: number
  readonly links: readonly { readonly text: string; readonly address: string }[]
  /** About so many lines: a frame in a sandbox does not tell how high it is. */
  readonly lines: number
}

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
const STYLE =
  'html{background:#fff;color:#1d2530;color-scheme:light}body{margin:12px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}a{color:#1f4f8f;text-decoration:underline}'

const ACTING =
  'script,iframe,frame,frameset,object,embed,applet,base,meta,link,template,portal,dialog,audio,video,source,track,animate,set'
/** Attributes that load something, or lead somewhere. */
const LOADING = ['src', 'srcset', 'background', 'poster', 'data', 'lowsrc', 'dynsrc', 'longdesc']
const LEADING = ['href', 'xlink:href', 'action', 'formaction', 'ping', 'srcdoc', 'target', 'autofocus', 'popovertarget']

const MOST_LINKS = 100
const LONGEST_LINK = 2000
/** Longer texts are cut: a page is no place for a book. */
export const LONGEST_HTML = 1_000_000

/** `picture` gives the part that a text points at, as a data: address; null where there is none. */
export function htmlFrame(html: string, picture: (reference: string) => string | null): HtmlFrame {
  const cut = html.slice(0, LONGEST_HTML)
  // Nothing of such a document runs or loads: it belongs to no window.
  const page = new DOMParser().parseFromString(cut, 'text/html')
  let outside = page.querySelectorAll('link[rel~=stylesheet i][href], iframe[src], embed[src], object[data]').length
  for (const acting of page.querySelectorAll(ACTING)) acting.remove()

  const links: { text: string; address: string }[] = []
  for (const element of page.querySelectorAll('*')) {
    const address = element.matches('a,area') ? element.getAttribute('href') : null
    if (address !== null && links.length < MOST_LINKS && !address.startsWith('#')) {
      const text = (element.textContent || element.getAttribute('alt')) ?? ''
      links.push({ text: harmless(text.trim().slice(0, 200)), address: harmless(address.slice(0, LONGEST_LINK)) })
    }
    outside += disarm(element, picture)
  }
  for (const style of page.querySelectorAll('style')) {
    outside += outsideStyles(style.textContent)
    style.textContent = insideStyles(style.textContent)
  }

  const policy = page.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = POLICY
  const look = page.createElement('style')
  look.textContent = STYLE
  page.head.prepend(policy, look)
  return {
    page: `<!doctype html>${page.documentElement.outerHTML}`,
    outside,
    links,
    lines: linesOf(cut) + 8 * page.querySelectorAll('img[src]').length,
  }
}

/** Takes from an element what could act; gives how many things it wanted from outside. */
function disarm(element: Element, picture: (reference: string) => string | null): number {
  let outside = 0
  for (const name of element.getAttributeNames()) {
    const lower = name.toLowerCase()
    const value = element.getAttribute(name) ?? ''
    if (lower.startsWith('on') || LEADING.includes(lower)) {
      // A link stays underlined; where it leads is told below the frame.
      if (lower === 'href' && element.localName === 'a') element.setAttribute('style', LINK + styleOf(element))
      element.removeAttribute(name)
    } else if (LOADING.includes(lower)) {
      const inside = lower === 'src' || lower === 'background' ? insideAddress(value, picture) : null
      if (inside === null) element.removeAttribute(name)
      else element.setAttribute(name, inside)
      if (inside === null && isOutside(value)) outside++
    } else if (lower === 'style') {
      outside += outsideStyles(value)
      element.setAttribute(name, insideStyles(value))
    }
  }
  return outside
}

const LINK = 'text-decoration:underline;'
const styleOf = (element: Element): string => element.getAttribute('style') ?? ''

const insideAddress = (value: string, picture: (reference: string) => string | null): string | null =>
  /^\s*data:image\//i.test(value) ? value.trim() : picture(referenceText(value))

const isOutside = (address: string): boolean => /^\s*(?:(?:https?|ftp):|\/\/)/i.test(address)

/** What a style wants from outside. It can be hidden from this in many ways, and then the frame's policy holds it back. */
const OUTSIDE_STYLE = /(url\(\s{0,20}["']?|@import\s{1,20}["'])(?:https?:|\/\/)/gi

const outsideStyles = (style: string): number => style.match(OUTSIDE_STYLE)?.length ?? 0
const insideStyles = (style: string): string =>
  style.replace(/@import\b[^;{}]{0,3000};?/gi, '').replace(OUTSIDE_STYLE, '$1data:,')

const WIDTH = 80

const linesOf = (html: string): number =>
  htmlText(html)
    .split('\n')
    .reduce((lines, line) => lines + 1 + Math.floor(line.length / WIDTH), 0)
