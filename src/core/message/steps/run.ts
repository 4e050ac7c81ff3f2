/**
 * The step form of a codec: the same octets come out as from its fast form, but each step says what it takes, what it
 * gives, how the bits move between the two, and why.
 *
 * A run is plain data. A picture of a megabyte has 350,000 groups, and nobody looks at all of them: a run keeps its first
 * steps and counts the others (`more`); the output is always whole. So its memory is bounded by the limit and the output.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Place } from '../place.ts'
import { reasonOf, type ReasonKey } from './reasons.ts'

/** The transfer encodings and what else carries text through seven bits; `charset` is what comes before them all. */
export const codecs = [
  'charset',
  'base64',
  'quoted-printable',
  'q-word',
  'b-word',
  'rfc2231',
  'utf7',
  '7bit',
  '8bit',
  'binary',
] as const
export type Codec = (typeof codecs)[number]
export type Direction = 'encode' | 'decode'

/** Octets, or characters (a string of UTF-16, as the platform has it). */
export type Matter = 'octets' | 'characters'

/**
 * One piece of what a step takes or gives. It covers the bits `from` to `to` of the step's line of bits, and may have some
 * of its own in front: the 110 of an octet of UTF-8. A sign covers none: it is there because the form asks for it.
 */
export interface Cell extends Place {
  readonly kind: 'octet' | 'unit' | 'group' | 'digit' | 'code' | 'sign'
  readonly mark: string
  readonly value: number
  /** What it looks like: a character of the text or of the alphabet, '' where there is none to show. */
  readonly character: string
}

export type Values = Readonly<Record<string, string | number>>

export interface Step {
  readonly take: Place
  readonly give: Place
  readonly why: ReasonKey
  readonly values: Values
  /** The line of bits that `before` and `after` cut in their ways; '' where no bit moves. */
  readonly bits: string
  /** So many at its end are zeros that an encoder fills in, or what a decoder throws away. */
  readonly spare: number
  readonly before: readonly Cell[]
  readonly after: readonly Cell[]
}

export interface StepRun {
  readonly codec: Codec
  readonly direction: Direction
  readonly input: string
  readonly output: string
  readonly inputIs: Matter
  readonly outputIs: Matter
  /** How octets on either side would read as text. */
  readonly charset: string
  readonly steps: readonly Step[]
  /** So many steps more than the ones that are kept. */
  readonly more: number
  /** So many steps, kept or not, met something that the RFC does not allow. */
  readonly wrong: number
}

/** What is seen of a step; made only for the steps that are kept. */
export interface Picture {
  values?: Values
  bits?: string
  spare?: number
  before?: readonly Cell[]
  after?: readonly Cell[]
}

const NOTHING: readonly Cell[] = []
const PIECES = 8192

export class Recorder {
  private readonly steps: Step[] = []
  private readonly most: number
  private pieces: string[] = []
  private readonly chunks: string[] = []
  private more = 0
  private wrong = 0
  /** How much has been given. */
  given = 0

  constructor(most: number) {
    this.most = most
  }

  add(from: number, to: number, give: string, why: ReasonKey, picture?: () => Picture): void {
    if (reasonOf(why).wrong) this.wrong++
    if (this.steps.length < this.most) {
      const { values = {}, bits = '', spare = 0, before = NOTHING, after = NOTHING } = picture?.() ?? {}
      const place = { from: this.given, to: this.given + give.length }
      this.steps.push({ take: { from, to }, give: place, why, values, bits, spare, before, after })
    } else this.more++
    this.given += give.length
    if (this.pieces.push(give) === PIECES) this.gather()
  }

  /** A list of a million pieces of one character would be many times the size of the text. */
  private gather(): void {
    this.chunks.push(this.pieces.join(''))
    this.pieces = []
  }

  run(about: Pick<StepRun, 'codec' | 'direction' | 'input' | 'inputIs' | 'outputIs' | 'charset'>): StepRun {
    this.gather()
    return { ...about, output: this.chunks.join(''), steps: this.steps, more: this.more, wrong: this.wrong }
  }
}

export const bitsOf = (value: number, width: number): string => value.toString(2).padStart(width, '0')
export const hexOf = (value: number, width = 2): string => value.toString(16).toUpperCase().padStart(width, '0')
export const codeOf = (text: string): string => `U+${hexOf(text.codePointAt(0) ?? 0, 4)}`

/** Octets side by side, eight bits each, the first of them at `at` in the line of bits. */
export const octetCells = (octets: Octets, at = 0): Cell[] =>
  Array.from(octets, (octet, k) => ({
    kind: 'octet',
    from: at + 8 * k,
    to: at + 8 * k + 8,
    mark: '',
    value: octet.charCodeAt(0),
    character: octet < '\x80' ? octet : '',
  }))

export const bitsOfOctets = (octets: Octets): string =>
  Array.from(octets, (octet) => bitsOf(octet.charCodeAt(0), 8)).join('')

/** What stands in the text because its form asks for it. */
export const sign = (text: string, at = 0): Cell => ({
  kind: 'sign',
  from: at,
  to: at,
  mark: '',
  value: 0,
  character: text,
})

/** Octets that go through as they are. */
export const unchanged = (octets: Octets, values: Values = {}): Picture => ({
  values,
  bits: bitsOfOctets(octets),
  before: octetCells(octets),
  after: octetCells(octets),
})

const CONTROLS = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI ' +
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
).split(' ')

/** Control characters by their names and the blank as something that can be seen. */
export const visible = (text: string): string =>
  text.replace(/[\x00-\x20\x7f]/g, (c) => (c === ' ' ? '\u2423' : (CONTROLS[c.charCodeAt(0)] ?? 'DEL')))
