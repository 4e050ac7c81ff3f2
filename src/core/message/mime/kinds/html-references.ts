/**
 * What an HTML text points at to show it inside itself: `src="cid:..."` (RFC 2392) and the like. Only so that a reader
 * knows which parts need no place of their own; nothing is fetched by it.
 */
import { decodeEntities } from './html-entities.ts'

/** An attribute's value in quotes or bare, and `url(...)` of a style. */
const REFERENCE =
  /(?:\b(?:src|background|data)[ \t\r\n]{0,20}=[ \t\r\n]{0,20}|url\([ \t\r\n]{0,20})(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'<>)]{1,2000}))/gi

export function htmlReferences(html: string): Set<string> {
  const found = new Set<string>()
  for (const [, double, single, bare] of html.matchAll(REFERENCE)) {
    found.add(referenceText(decodeEntities(double ?? single ?? bare ?? '')))
  }
  return found
}

/** RFC 2392: a Content-ID in a URL is written with percent signs where it has to be. */
export function referenceText(reference: string): string {
  const text = reference.trim()
  if (!/^cid:/i.test(text)) return text
  return `cid:${text.slice(4).replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))}`
}
