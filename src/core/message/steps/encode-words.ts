/**
 * Text for a header as encoded words (RFC 2047): octets, an octet or a group of three at a time, in words of 75 characters
 * at most, none of which begins or ends in the middle of a character. Each further word stands on a line of its own.
 */
import type { Octets } from '../../bytes/octets.ts'
import { encodingPicture, encodingReason, groupOf } from './base64.ts'
import { characterAt } from './character.ts'
import { escaped, escapingPicture, valuesOf } from './escape.ts'
import { sign, unchanged, type Recorder } from './run.ts'

/** RFC 2047 2. */
const LONGEST = 75
const FOLD = '\r\n '

/** What stands for itself (RFC 2047 4.2), and in a phrase, for instance before an address (5, rule 3). */
const LITERAL = { text: /[!-<>@-^`-~]/, phrase: /[A-Za-z0-9!*+\-/]/ } as const

export interface WordForm {
  readonly charset: string
  /** RFC 2231 5; '' for none. */
  readonly language: string
  readonly phrase: boolean
}

/** Where words begin and end, and how much room is left in the one that is open. */
class Words {
  private readonly opening: string
  private readonly recorder: Recorder
  private readonly form: WordForm
  private open = false
  room = 0

  constructor(encoding: 'Q' | 'B', form: WordForm, recorder: Recorder) {
    this.opening = `=?${form.charset}${form.language === '' ? '' : `*${form.language}`}?${encoding}?`
    this.recorder = recorder
    this.form = form
  }

  /** Before so many characters that must stay together. */
  need(count: number, at: number): void {
    if (this.open && count <= this.room) return
    if (this.open) {
      this.end(at, 'word.full')
      this.recorder.add(at, at, FOLD, 'word.fold')
    }
    const { opening, form } = this
    const why = form.language === '' ? 'word.begin' : 'word.begin-language'
    const values = { charset: form.charset, language: form.language }
    this.recorder.add(at, at, opening, why, () => ({ values, after: [sign(opening)] }))
    this.room = LONGEST - opening.length - '?='.length
    this.open = true
  }

  end(at: number, why: 'word.end' | 'word.full' = 'word.end'): void {
    if (this.open) this.recorder.add(at, at, '?=', why, () => ({ after: [sign('?=')] }))
  }
}

const qOf = (octet: Octets, form: WordForm): string =>
  octet === ' ' ? '_' : LITERAL[form.phrase ? 'phrase' : 'text'].test(octet) ? octet : escaped(octet, '=')

export function encodeQWords(input: Octets, form: WordForm, recorder: Recorder): void {
  const words = new Words('Q', form, recorder)
  for (let at = 0; at < input.length;) {
    const end = at + characterAt(input, at, form.charset).length
    let needed = 0
    for (let k = at; k < end; k++) needed += qOf(input[k]!, form).length
    words.need(needed, at)
    for (; at < end; at++) addQ(input[at]!, at, form, recorder)
    words.room -= needed
  }
  words.end(input.length)
}

function addQ(octet: Octets, at: number, form: WordForm, recorder: Recorder): void {
  const written = qOf(octet, form)
  if (written === '_') {
    recorder.add(at, at + 1, '_', 'word.blank', () => ({ ...unchanged(octet), after: [sign('_')] }))
  } else if (written === octet) {
    const why = form.phrase ? 'word.literal-phrase' : 'word.literal'
    recorder.add(at, at + 1, octet, why, () => unchanged(octet, valuesOf(octet)))
  } else {
    const printable = octet > ' ' && octet < '\x7f'
    const special = octet === '=' || octet === '?' || octet === '_'
    const why = !printable ? 'word.escaped' : special ? 'word.escaped-special' : 'word.escaped-phrase'
    recorder.add(at, at + 1, written, why, () => escapingPicture(octet, written))
  }
}

export function encodeBWords(input: Octets, form: WordForm, recorder: Recorder): void {
  const words = new Words('B', form, recorder)
  for (let at = 0; at < input.length;) {
    const first = characterAt(input, at, form.charset).length
    words.need(4 * Math.ceil(first / 3), at)
    // As many whole characters as there is room for; a name of a charset that fills the word leaves room for one.
    const most = at + Math.max(first, 3 * Math.floor(words.room / 4))
    let end = at + first
    for (;;) {
      const next = end < input.length ? end + characterAt(input, end, form.charset).length : Infinity
      if (next > most) break
      end = next
    }
    for (let k = at; k < end; k += 3) {
      const octets = input.slice(k, Math.min(k + 3, end))
      const characters = groupOf(octets)
      const why = encodingReason(octets)
      recorder.add(k, k + octets.length, characters, why, () => encodingPicture(octets, characters))
    }
    words.room = 0
    at = end
  }
  words.end(input.length)
}
