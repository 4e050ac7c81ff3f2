/** The parts of a letter, as the composer's fields describe them. */
import { crlfLines } from '../../core/message/build.ts'
import type { Encoding } from '../../core/message/mime/build/choose-encoding.ts'
import type { DraftPart, ExternalPart, PartLabels, Unique } from '../../core/message/mime/build/draft.ts'
import { letterContent, type Picture } from '../../core/message/mime/build/usual.ts'
import type { AttachmentForm, LetterForm, Trouble } from './form.ts'

export function contentOf(letter: LetterForm, unique: Unique, troubles: Trouble[]): DraftPart {
  // Only HTML can show a picture that lies beside it.
  const isShown = ({ inline, type }: AttachmentForm) => inline && letter.format === 'html' && /^image\//i.test(type)
  const pictures = letter.attachments.filter(isShown)
  const texts = textsOf(letter, pictures, unique)
  const attached = letter.attachments.filter((one) => !isShown(one)).map(attachedPart)
  const elsewhere = externalPart(letter, unique, troubles)
  const parts = elsewhere ? [...attached, elsewhere] : attached
  if (letter.combine !== 'digest' || !parts.some(({ kind }) => kind === 'message'))
    return parts.length === 0
      ? texts
      : multipart(letter.combine === 'parallel' ? 'parallel' : 'mixed', [texts, ...parts])
  // A digest holds messages and nothing else (RFC 2046 5.1.5): the text and the rest stand around it.
  const digest = multipart(
    'digest',
    parts.filter(({ kind }) => kind === 'message'),
  )
  const others = parts.filter(({ kind }) => kind !== 'message')
  if (letter.text === '' && others.length === 0) return digest
  return multipart('mixed', [texts, digest, ...others])
}

const multipart = (subtype: string, parts: readonly DraftPart[]): DraftPart => ({ kind: 'multipart', subtype, parts })

function textsOf(letter: LetterForm, shown: readonly AttachmentForm[], unique: Unique): DraftPart {
  const { text, format, charset } = letter
  const chosen = charset === '' ? {} : { charset }
  const wished = wish(letter.encoding)
  if (format === 'enriched') return { kind: 'text', subtype: 'enriched', text, ...chosen, ...wished }
  const pictures = shown.map(({ name, type, octets, description }): Picture => ({
    id: unique.messageId(),
    filename: name,
    type,
    octets,
    ...(description === '' ? {} : { description }),
  }))
  const content = letterContent({
    text,
    ...chosen,
    ...(format === 'flowed' ? { flowed: { delSp: false } } : {}),
    ...(format === 'html'
      ? { html: withPictures(letter.html === '' ? htmlOf(text) : letter.html, pictures), pictures }
      : {}),
  })
  const encodings = new Map(pictures.map(({ id }, at) => [id, shown[at]!.encoding]))
  return withWishes(content, wished, encodings)
}

type Wish = { encoding?: Encoding }

const wish = (encoding: Encoding | ''): Wish => (encoding === '' ? {} : { encoding })

/** The texts get the wish for texts, each picture its own. */
function withWishes(part: DraftPart, texts: Wish, pictures: ReadonlyMap<string, Encoding | ''>): DraftPart {
  if (part.kind === 'text') return { ...part, ...texts }
  if (part.kind === 'octets') return { ...part, ...wish(pictures.get(part.id ?? '') ?? '') }
  if (part.kind !== 'multipart' && part.kind !== 'related') return part
  return { ...part, parts: part.parts.map((child) => withWishes(child, texts, pictures)) }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** Paragraphs where empty lines were, line breaks where lines ended. */
export function htmlOf(text: string): string {
  const paragraphs = text.split(/\n(?:[ \t]*\n)+/).filter((paragraph) => paragraph.trim() !== '')
  return paragraphs.map((paragraph) => `<p>${escaped(paragraph.trim()).replace(/\r?\n/g, '<br>\n')}</p>\n`).join('')
}

/** Where the HTML says `cid:` and the name of a picture, it is that picture; one that it does not name stands below. */
export function withPictures(
  html: string,
  pictures: readonly Pick<Picture, 'id' | 'filename' | 'description'>[],
): string {
  let all = html
  for (const { id, filename, description } of pictures) {
    const address = `cid:${id.slice(1, -1)}`
    const named = all.includes(`"cid:${filename}"`)
    all = named
      ? all.replaceAll(`"cid:${filename}"`, () => `"${address}"`)
      : `${all}<p><img src="${address}" alt="${escaped(description ?? filename)}"></p>\n`
  }
  return all
}

function attachedPart({ name, type, octets, description, inline, encoding }: AttachmentForm): DraftPart {
  const labels: PartLabels = {
    disposition: { type: inline ? 'inline' : 'attachment', filename: name },
    ...(description === '' ? {} : { description }),
  }
  // A saved message may have the line ends of the machine that it was saved on.
  if (type.trim().toLowerCase() === 'message/rfc822') return { kind: 'message', message: crlfLines(octets), ...labels }
  return { kind: 'octets', type: type.trim(), octets, name, ...labels, ...wish(encoding) }
}

function externalPart({ external }: LetterForm, unique: Unique, troubles: Trouble[]): ExternalPart | null {
  const { site, name, type } = external
  if (site.trim() === '' && name.trim() === '') return null
  if (site.trim() === '' || name.trim() === '') {
    troubles.push({ field: 'external', key: 'compose.bad.external', values: {} })
    return null
  }
  return {
    kind: 'external-body',
    access: { access: 'anon-ftp', site: site.trim(), name: name.trim(), mode: 'image' },
    phantom: [
      { kind: 'text', name: 'Content-Type', text: type.trim() === '' ? 'application/octet-stream' : type.trim() },
      { kind: 'ids', name: 'Content-ID', ids: [unique.messageId()] },
    ],
  }
}
