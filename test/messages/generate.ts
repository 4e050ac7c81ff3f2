/**
 * Messages as clients write them, by the hundred, from a seed: what each one says is known before it is written. Nothing
 * of `src` is used here, for what is written here is what our readers are tried on.
 */

export interface Person {
  name: string
  address: string
}

export interface Attachment {
  filename: string
  type: string
  /** Octets, one a character. */
  content: string
}

export interface Generated {
  /** Which shape, and which ways of writing: for whoever reads a failure. */
  how: string
  octets: string
  subject: string
  from: Person
  to: readonly Person[]
  cc: readonly Person[]
  /** Where `to` is written as a group, its name. */
  group: string | null
  /** ISO 8601, UTC. */
  date: string
  /** With LF; null where there is none. */
  text: string | null
  html: string | null
  attachments: readonly Attachment[]
}

type Charset = 'us-ascii' | 'iso-8859-1' | 'iso-8859-15' | 'windows-1252' | 'utf-8'

/** mulberry32: small, seeded, good enough. */
class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  below(limit: number): number {
    return this.next() % limit
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!
  }

  some(items: readonly string[], count: number): string[] {
    return Array.from({ length: count }, () => this.oneOf(items))
  }
}

const NAMES = [
  'Anne Wei',
  'André Dupont',
  'Keld Jørn Simonsen',
  'Joe Q. Public',
  'Dupont, Zoé',
  'Giant; "Big" Box',
  'Œdipe de Thèbes',
  'Σωκράτης Πλάτων',
  '山田太郎',
  'Jean-François Lefèvre-Pontalis de la Bibliothèque Universitaire',
  'Lévi (le vieux)',
  "Pat O'Brien",
  '',
]
const DOMAINS = ['cnam.example', 'univ-rennes1.example', 'mail.example.org', 'x.test']
const SUBJECTS = [
  'Réunion de lundi',
  'Hello',
  'Prix : 20 € les œuvres complètes',
  '« Été » à la plage, ça va ?',
  'Compte rendu de la réunion du conseil de laboratoire, avec les pièces annexes et quelques remarques du secrétariat',
  'Minutes of the meeting of the working group, with all the annexes and a few remarks by the secretary of the group',
  '会議の議事録と次回の予定について、添付ファイルをご確認ください',
  'a_b = c? =é=',
  'Re: [liste] Été',
  '🎉 fête 🎂',
]
const WORDS =
  'le message est été reçu à l’heure par le serveur où Noël cœur garçon déjà vu the quick brown fox jumps over = lazy dogs . .. From here 20 € % « ici » naïve'.split(
    ' ',
  )
const FILES = ['rapport.pdf', 'été 2026.txt', 'photo de la fête – œuvre n° 3 (copie).jpg', 'a;b,c.bin', '報告書.doc']
const ZONES: readonly (readonly [written: string, minutes: number])[] = [
  ['+0000', 0],
  ['+0200', 120],
  ['-0330', -210],
  ['-0800 (PST)', -480],
  ['GMT', 0],
  ['EST', -300],
  ['+0530', 330],
]
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const BEYOND_LATIN1: Partial<Record<Charset, Record<string, string>>> = {
  'iso-8859-15': { '€': '\xa4', Œ: '\xbc', œ: '\xbd' },
  'windows-1252': { '€': '\x80', '–': '\x96', '’': '\x92', Œ: '\x8c', œ: '\x9c' },
}
/** What stands at these octets in iso-8859-1 is something else in iso-8859-15. */
const TAKEN = /[¤¦¨´¸¼½¾]/

const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

/** The octets of the text in that charset; null where it has not all of the characters. */
function inCharset(text: string, charset: Charset): string | null {
  if (charset === 'utf-8') return utf8(text)
  if (charset === 'us-ascii') return /^[\x00-\x7f]*$/.test(text) ? text : null
  if (charset === 'iso-8859-15' && TAKEN.test(text)) return null
  const octets = text.replace(/[^\x00-\xff]/g, (character) => BEYOND_LATIN1[charset]?.[character] ?? character)
  return /^[\x00-\xff]*$/.test(octets) ? octets : null
}

const LEGACY: readonly Charset[] = ['us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-8']

const hex = (octet: string) => octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')

/** RFC 2045 6.7, for text in lines. */
function quotedPrintable(octets: string): string {
  return octets
    .split('\r\n')
    .map((line) => {
      const codes = Array.from(line, (octet, k) =>
        /[!-<>-~]/.test(octet) || (/[ \t]/.test(octet) && k < line.length - 1) ? octet : `=${hex(octet)}`,
      )
      const lines = ['']
      for (const code of codes) {
        if (lines.at(-1)!.length + code.length > 75) lines.push('')
        lines[lines.length - 1] += code
      }
      return lines.join('=\r\n')
    })
    .join('\r\n')
}

function base64(octets: string): string {
  return (
    Buffer.from(octets, 'latin1')
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n')
}

/** RFC 2047: as many encoded words as it takes, cut between characters. */
function encodedWords(text: string, charset: Charset, way: 'Q' | 'B'): string {
  const word = (octets: string) =>
    way === 'B'
      ? Buffer.from(octets, 'latin1').toString('base64')
      : octets.replace(/[^A-Za-z0-9!*+/-]/g, (octet) => (octet === ' ' ? '_' : `=${hex(octet)}`))
  const words: string[] = []
  let held = ''
  for (const character of text) {
    if (word(inCharset(held + character, charset)!).length > 75 - 7 - charset.length) {
      words.push(held)
      held = ''
    }
    held += character
  }
  words.push(held)
  return words.map((piece) => `=?${charset}?${way}?${word(inCharset(piece, charset)!)}?=`).join('\r\n ')
}

/** Unstructured text: as it is where it is ASCII, folded where it is long. */
function unstructured(dice: Dice, text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text.replace(/(.{1,60}) /g, '$1\r\n ')
  return encodedWords(text, charsetFor(dice, text), dice.oneOf(['Q', 'B']))
}

function charsetFor(dice: Dice, text: string): Charset {
  return dice.oneOf(LEGACY.filter((charset) => charset !== 'us-ascii' && inCharset(text, charset) !== null))
}

function mailbox(dice: Dice, { name, address }: Person): string {
  if (name === '') return dice.oneOf([address, `<${address}>`])
  if (!/^[\x20-\x7e]*$/.test(name)) {
    return `${encodedWords(name, charsetFor(dice, name), dice.oneOf(['Q', 'B']))}\r\n <${address}>`
  }
  if (/^[A-Za-z' -]+$/.test(name)) return dice.oneOf([`${name} <${address}>`, `"${name}" <${address}>`])
  return `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`
}

function person(dice: Dice): Person {
  const local = dice.oneOf(['anne.wei', 'jdoe', 'first+tag', "o'brien", 'x_y-z'])
  return { name: dice.oneOf(NAMES), address: `${local}@${dice.oneOf(DOMAINS)}` }
}

const people = (dice: Dice, most: number) => Array.from({ length: 1 + dice.below(most) }, () => person(dice))

/** Between 1970 and 2030, written with one of the zones, with or without the day, the seconds, a comment. */
function someDate(dice: Dice): { iso: string; written: string } {
  const [zone, minutes] = dice.oneOf(ZONES)
  const withSeconds = dice.below(4) > 0
  const millis = Math.floor((dice.below(60 * 365) * 86_400 + dice.below(86_400)) / 60) * 60_000
  const sent = millis + (withSeconds ? dice.below(60) * 1000 : 0)
  const local = new Date(sent + minutes * 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = dice.below(5) > 0 ? `${DAYS[local.getUTCDay()]}, ` : ''
  const number = dice.oneOf([String(local.getUTCDate()), two(local.getUTCDate())])
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}${withSeconds ? `:${two(local.getUTCSeconds())}` : ''}`
  return {
    iso: new Date(sent).toISOString(),
    written: `${day}${number} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()} ${time} ${zone}`,
  }
}

/** Lines of words, with LF. */
function prose(dice: Dice, charset: Charset): string {
  const words = WORDS.filter((word) => inCharset(word, charset) !== null)
  const lines = Array.from({ length: 1 + dice.below(8) }, () => dice.some(words, 1 + dice.below(14)).join(' '))
  return `${lines.join('\n')}\n`
}

/** RFC 2231: `filename*=utf-8''...`, in pieces where it is long; or quoted where it is ASCII. */
function named(dice: Dice, parameter: string, value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) {
    return /^[\w.-]+$/.test(value) && dice.below(2) === 0
      ? `; ${parameter}=${value}`
      : `;\r\n ${parameter}="${value.replace(/["\\]/g, '\\$&')}"`
  }
  const charset = charsetFor(dice, value)
  const octets = inCharset(value, charset)!
  const codes = Array.from(octets, (octet) => (/[\w.-]/.test(octet) && octet < '\x80' ? octet : `%${hex(octet)}`))
  if (codes.join('').length < 40) return `;\r\n ${parameter}*=${charset}'fr'${codes.join('')}`
  const pieces = ['']
  for (const code of codes) {
    if (pieces.at(-1)!.length + code.length > 40) pieces.push('')
    pieces[pieces.length - 1] += code
  }
  return pieces.map((piece, k) => `;\r\n ${parameter}*${k}*=${k === 0 ? `${charset}''` : ''}${piece}`).join('')
}

interface Entity {
  /** The Content fields, each with its CRLF. */
  fields: string
  body: string
  /** Octets above 127 stand in it: whatever holds it must say so too (RFC 2045 6.4). */
  eightBit: boolean
  text?: string
  html?: string
  attachments: readonly Attachment[]
}

/** Text in any charset that takes it and any encoding that carries it. */
function textEntity(dice: Dice, subtype: 'plain' | 'html'): Entity {
  const charset = dice.oneOf(LEGACY)
  const lines = prose(dice, charset)
  const text = subtype === 'html' ? `<html><body><p>${lines}</p></body></html>\n` : lines
  const octets = inCharset(text, charset)!.replace(/\n/g, '\r\n')
  const encodings =
    charset === 'us-ascii' ? ['7bit', 'quoted-printable', 'base64'] : ['8bit', 'quoted-printable', 'base64']
  const encoding = dice.oneOf(encodings)
  const body =
    encoding === 'base64' ? base64(octets) : encoding === 'quoted-printable' ? quotedPrintable(octets) : octets
  const written = dice.oneOf([charset, `"${charset}"`, charset.toUpperCase()])
  return {
    fields: `Content-Type: text/${subtype}; charset=${written}\r\nContent-Transfer-Encoding: ${encoding}\r\n`,
    body,
    eightBit: encoding === '8bit',
    [subtype === 'html' ? 'html' : 'text']: text,
    attachments: [],
  }
}

function octetsOf(dice: Dice, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(dice.below(256))).join('')
}

function attachmentEntity(dice: Dice, inline: string | null = null): Entity {
  const filename = inline === null ? dice.oneOf(FILES) : 'image.png'
  const content = octetsOf(dice, dice.below(400))
  const type = inline === null ? dice.oneOf(['application/octet-stream', 'application/pdf', 'image/jpeg']) : 'image/png'
  const id = inline === null ? '' : `Content-ID: <${inline}>\r\n`
  const disposition = inline === null ? 'attachment' : 'inline'
  return {
    fields:
      `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${dice.oneOf(['base64', 'BASE64'])}\r\n${id}` +
      `Content-Disposition: ${disposition}${named(dice, 'filename', filename)}\r\n`,
    body: base64(content),
    eightBit: false,
    attachments: [{ filename, type, content }],
  }
}

const EIGHT_BIT = 'Content-Transfer-Encoding: 8bit\r\n'

let boundaries = 0

function multipart(dice: Dice, subtype: string, parts: readonly Entity[], parameters = ''): Entity {
  const boundary =
    dice.oneOf(['=_part', '----=_NextPart_000', 'b', "with '(blanks)+, and:marks?"]) + String(++boundaries)
  const preamble = dice.oneOf(['', 'This is a multi-part message in MIME format.\r\n'])
  const closing = dice.oneOf(['', '\r\n', '\r\nEpilogue.\r\n'])
  const written = parts.map(({ fields, body }) => `--${boundary}\r\n${fields}\r\n${body}\r\n`).join('')
  const joined = (values: readonly (string | undefined)[]) => {
    const there = values.filter((value) => value !== undefined)
    return there.length === 0 ? undefined : there.join('\n')
  }
  const eightBit = parts.some((part) => part.eightBit)
  const text = joined(parts.map((part) => part.text))
  const html = joined(parts.map((part) => part.html))
  return {
    fields: `Content-Type: multipart/${subtype};\r\n boundary="${boundary}"${parameters}\r\n${eightBit ? EIGHT_BIT : ''}`,
    eightBit,
    body: `${preamble}${written}--${boundary}--${closing}`,
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    attachments: parts.flatMap(({ attachments }) => attachments),
  }
}

const alternative = (dice: Dice) =>
  multipart(dice, 'alternative', [textEntity(dice, 'plain'), textEntity(dice, 'html')])

function related(dice: Dice): Entity {
  const html = textEntity(dice, 'html')
  return multipart(dice, 'related', [html, attachmentEntity(dice, 'logo@x.test')], ';\r\n type="text/html"')
}

/** A message within, which counts as an attachment without a name. */
function forwarded(dice: Dice): Entity {
  const text = textEntity(dice, 'plain')
  const { octets } = message(dice, 'plain', text)
  return {
    fields:
      'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=forwarded.eml\r\n' +
      (text.eightBit ? EIGHT_BIT : ''),
    body: octets,
    eightBit: text.eightBit,
    attachments: [{ filename: 'forwarded.eml', type: 'message/rfc822', content: octets }],
  }
}

export const SHAPES: Readonly<Record<string, (dice: Dice) => Entity>> = {
  plain: (dice) => textEntity(dice, 'plain'),
  html: (dice) => textEntity(dice, 'html'),
  alternative,
  related,
  mixed: (dice) => multipart(dice, 'mixed', [textEntity(dice, 'plain'), attachmentEntity(dice)]),
  several: (dice) =>
    multipart(dice, 'mixed', [
      textEntity(dice, 'plain'),
      attachmentEntity(dice),
      attachmentEntity(dice),
      attachmentEntity(dice),
    ]),
  nested: (dice) =>
    multipart(dice, 'mixed', [
      multipart(dice, 'alternative', [textEntity(dice, 'plain'), related(dice)]),
      attachmentEntity(dice),
    ]),
  forward: (dice) => multipart(dice, 'mixed', [textEntity(dice, 'plain'), forwarded(dice)]),
}

function message(dice: Dice, shape: string, entity: Entity): Generated {
  const subject = dice.oneOf(SUBJECTS)
  const from = person(dice)
  const to = people(dice, 3)
  const cc = dice.below(3) === 0 ? people(dice, 2) : []
  const group = dice.below(6) === 0 ? dice.oneOf(['Undisclosed recipients', 'A Group']) : null
  const date = someDate(dice)
  const list = (persons: readonly Person[]) => persons.map((one) => mailbox(dice, one)).join(',\r\n ')
  const header = [
    `From: ${mailbox(dice, from)}`,
    `To: ${group === null ? list(to) : `${group}: ${list(to)};`}`,
    ...(cc.length === 0 ? [] : [`${dice.oneOf(['Cc', 'CC'])}: ${list(cc)}`]),
    `Subject: ${unstructured(dice, subject)}`,
    `Date: ${date.written}`,
    `Message-ID: <${dice.below(1e9)}@x.test>`,
    `${dice.oneOf(['MIME-Version', 'Mime-Version'])}: 1.0`,
  ]
  return {
    how: shape,
    octets: `${header.join('\r\n')}\r\n${entity.fields}\r\n${entity.body}`,
    subject,
    from,
    to,
    cc,
    group,
    date: date.iso,
    text: entity.text ?? null,
    html: entity.html ?? null,
    attachments: entity.attachments,
  }
}

/** So many messages of each shape; the same seed gives the same ones. */
export function generate(seed: number, ofEach: number): Generated[] {
  const dice = new Dice(seed)
  boundaries = 0
  return Object.entries(SHAPES).flatMap(([shape, write]) =>
    Array.from({ length: ofEach }, () => message(dice, shape, write(dice))),
  )
}
