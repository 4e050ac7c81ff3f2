/**
 * A moment as a link: the journal and the place in it, compressed, behind the `#`, which no browser sends to a server. What
 * such a link holds is a stranger's: it is read with limits, and as data.
 */
import type { Saved } from '../core/lesson/saved.ts'
import { readSaved, savedText } from '../core/lesson/saved.ts'
import type { Language } from '../texts/index.ts'

/** What a link tells. */
export interface Moment {
  saved: Saved
  /** Behind so many events; null is the end. */
  until: number | null
  /** The view at the right. */
  view: string
  layout: Layout
  language: Language
}

/** How the page is divided, and what of it is in front. */
export interface Layout {
  /** Which parts stand where, as the layout tells and reads it. */
  page: unknown
  side: string
  terminal: string | null
}

const START = '#moment='
/** The form of what follows; a later one is for a later Facteur. The first one had no layout, and no worlds of one's own. */
const VERSION = 2
/** So long may a link be before it is looked into. */
const LONGEST = 3_000_000
/** Octets that a link may unfold to: a few octets of it could stand for gigabytes. */
const MOST = 4_000_000

export async function linkTo(moment: Moment, address: string): Promise<string> {
  const { saved, ...rest } = moment
  const text = JSON.stringify({ ...rest, saved: JSON.parse(savedText(saved)) as unknown })
  const packed = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text), Infinity)
  const url = new URL(address)
  url.hash = `${START}${VERSION}.${toText(packed!)}`
  return url.href
}

/** `foreign`: it is of a version that is not known here; `large`: nobody here makes such. Null where it cannot be read. */
export async function readLink(hash: string): Promise<Moment | 'foreign' | 'large' | null> {
  if (hash.length > LONGEST) return 'large'
  const [, version, text] = /^#moment=(\d{1,6})\.([\w-]*)$/.exec(hash) ?? []
  if (text === undefined) return null
  if (Number(version) < 1 || Number(version) > VERSION) return 'foreign'
  try {
    const unpacked = await through(new DecompressionStream('deflate-raw'), fromText(text), MOST)
    if (unpacked === null) return null
    const value = JSON.parse(new TextDecoder().decode(unpacked)) as Record<string, unknown> | null
    const saved = value && readSaved(JSON.stringify(value['saved']))
    if (!saved) return null
    const { until, view, language } = value
    return {
      saved,
      until: typeof until === 'number' && Number.isInteger(until) && until > 0 ? until : null,
      view: typeof view === 'string' ? view : 'sequence',
      layout: layoutOf(value['layout']),
      language: language === 'fr' ? 'fr' : 'en',
    }
  } catch {
    return null
  }
}

function layoutOf(told: unknown): Layout {
  const {
    page = null,
    side,
    terminal,
  } = (typeof told === 'object' && told !== null ? told : {}) as Partial<Record<keyof Layout, unknown>>
  return {
    page,
    side: typeof side === 'string' ? side : 'lesson',
    terminal: typeof terminal === 'string' ? terminal : null,
  }
}

/** Null where more than `most` octets come out. */
export async function through(
  stream: CompressionStream | DecompressionStream,
  octets: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const writer = stream.writable.getWriter()
  // What goes wrong there is told by the other end.
  writer.write(octets).catch(() => {})
  writer.close().catch(() => {})
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > most) {
      await reader.cancel()
      return null
    }
    pieces.push(value)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** Base64url (RFC 4648 5), which an address carries as it is. */
export function toText(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at += 4096) text += String.fromCharCode(...octets.subarray(at, at + 4096))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

export const fromText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
