/**
 * Encoded words back to text (RFC 2047): which words are there is what the header's reader says; within each, octet by
 * octet or group by group. A character comes out when its last octet is there, be it in the next word.
 */
import { charsetNamed } from '../../bytes/charset-names.ts'
import type { MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import { silent } from '../problems.ts'
import { readWords, type EncodedWord } from '../words.ts'
import { decodeBase64 } from './base64.ts'
import { Reading } from './character.ts'
import { unescaped, unescapingPicture, valuesOf } from './escape.ts'
import { sign, unchanged, type Recorder } from './run.ts'

export function decodeWordSteps(value: Octets, recorder: Recorder, more?: MoreCharsets): void {
  let charset = ''
  let reading: Reading | null = null
  const finish = (at: number) => {
    if (reading !== null) finishReading(reading, charset, at, recorder)
    reading = null
  }
  for (const word of readWords(value, { from: 0, to: value.length }, silent, 'text', more)) {
    if (word.kind === 'encoded') {
      if (word.charset.toLowerCase() !== charset.toLowerCase()) finish(word.from)
      charset = word.charset
      reading ??= new Reading(charset, more)
      decodeWord(value, word, reading, recorder)
    } else if (word.kind === 'blank') recorder.add(word.from, word.to, '', 'word.join')
    else {
      finish(word.from)
      const text = utf8Text(value.slice(word.from, word.to).replace(/[\r\n]+/g, ''))
      recorder.add(word.from, word.to, text, 'word.text')
    }
  }
  finish(value.length)
}

/** Octets that wait for more of their character wait in vain. */
export function finishReading(reading: Reading, charset: string, at: number, recorder: Recorder): void {
  const octets = reading.waiting
  if (octets === 0) return
  const platform = charsetNamed(charset) === null
  recorder.add(at, at, reading.end(), platform ? 'word.platform' : 'word.half', () => ({ values: { octets, charset } }))
}

function decodeWord(value: Octets, word: EncodedWord, reading: Reading, recorder: Recorder): void {
  const { from, to, payload, charset, language } = word
  const opening = value.slice(from, payload.from)
  recorder.add(from, payload.from, '', language ? 'word.read-begin-language' : 'word.read-begin', () => ({
    values: { charset, language: language ?? '', encoding: word.encoding },
    before: [sign(opening)],
  }))
  const text = value.slice(0, payload.to)
  if (word.encoding === 'B') decodeBase64(text, payload.from, recorder, (octets) => reading.push(octets))
  else decodeQ(text, payload.from, reading, recorder)
  recorder.add(payload.to, to, '', 'word.read-end', () => ({ before: [sign('?=')] }))
}

function decodeQ(text: Octets, from: number, reading: Reading, recorder: Recorder): void {
  for (let at = from; at < text.length;) {
    const character = text[at]!
    const octet = character === '=' ? unescaped(text, at + 1) : ''
    if (octet !== '') {
      const written = text.slice(at, at + 3)
      const given = reading.push(octet)
      const why = reading.waiting > 0 ? 'word.read-escaped-part' : 'word.read-escaped'
      recorder.add(at, at + 3, given, why, () => unescapingPicture(written, octet))
      at += 3
    } else {
      const given = reading.push(character === '_' ? ' ' : character)
      const why =
        character === '_' ? 'word.read-blank' : character === '=' ? 'word.read-bad-escape' : 'word.read-literal'
      recorder.add(at, at + 1, given, why, () =>
        character === '_' ? { ...unchanged(' '), before: [sign('_')] } : unchanged(character, valuesOf(character)),
      )
      at++
    }
  }
}
