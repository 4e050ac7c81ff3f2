/** qprint and iconv: quoted-printable and charsets at the prompt, to try out what a mail program does by itself. */
import { charsetNamed } from '../bytes/charset-names.ts'
import { decodeText, encodeText, knowsCharset } from '../bytes/charsets.ts'
import type { Octets } from '../bytes/octets.ts'
import { decodeQuotedPrintable, encodeQuotedPrintable, encodeQuotedPrintableBinary } from '../bytes/quoted-printable.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { crlfLines } from '../message/build.ts'
import { options, readable, usage, type ShellCommand } from './command.ts'
import { readInput } from './files.ts'

/** As on any Unix: lines of files end in LF, and it is for them that lines are translated. */
const lfLines = (text: Octets): Octets => text.replaceAll('\r\n', '\n')

export const qprint: ShellCommand = {
  name: 'qprint',
  synopsis: 'qprint -e|-d [-b] [FILE]',
  summary: 'shell.qprint',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, 'edbn')
    if (!given) return
    const { options: found, rest } = given
    if (found.has('e') === found.has('d')) return usage(context, qprint.synopsis)
    const octets = yield* readInput(context, rest[0] ?? '-')
    if (octets === null) return
    const binary = found.has('b')
    if (found.has('d')) {
      const decoded = decodeQuotedPrintable(crlfLines(octets))
      context.out.put(binary ? decoded : lfLines(decoded))
    } else
      context.out.put(lfLines(binary ? encodeQuotedPrintableBinary(octets) : encodeQuotedPrintable(crlfLines(octets))))
  },
}

const CHARSETS = ['US-ASCII', 'ISO-8859-1', 'ISO-8859-15', 'WINDOWS-1252', 'UTF-8']

/** What becomes of a character that the other charset lacks. */
type Missing = 'stop' | 'leave-out' | 'question-mark'

export const iconv: ShellCommand = {
  name: 'iconv',
  synopsis: 'iconv [-c] -f CHARSET -t CHARSET [FILE] | iconv -l',
  summary: 'shell.iconv',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, 'cf:t:l')
    if (!given) return
    const { options: found, rest } = given
    if (found.has('l')) return context.out.text(CHARSETS.map((name) => `${name}//\n`).join(''))
    // Without a name it is the charset of the terminal.
    const from = readable(found.get('f') ?? 'UTF-8')
    const [to = '', how = ''] = readable(found.get('t') ?? 'UTF-8').split('//')
    if (!knowsCharset(from)) return context.complain(`iconv: conversion from \`${from}' is not supported\n`)
    if (!knowsCharset(to)) return context.complain(`iconv: conversion to \`${to}' is not supported\n`)
    const octets = yield* readInput(context, rest[0] ?? '-')
    if (octets === null) return
    const missing: Missing =
      found.has('c') || how.toUpperCase() === 'IGNORE'
        ? 'leave-out'
        : how.toUpperCase() === 'TRANSLIT'
          ? 'question-mark'
          : 'stop'
    const converted = convert(octets, from, to, missing)
    context.out.put(converted.octets)
    if (converted.stopped !== null) context.complain(`iconv: illegal input sequence at position ${converted.stopped}\n`)
  },
}

/** `stopped` is the octet at which it could not go on. */
function convert(
  octets: Octets,
  from: string,
  to: string,
  missing: Missing,
): { octets: Octets; stopped: number | null } {
  const text = decodeText(octets, from)
  const whole = text.includes('\ufffd') ? null : encodeText(text, to)
  if (whole !== null) return { octets: whole, stopped: null }
  const many = charsetNamed(from) === 'utf-8'
  const parts: Octets[] = []
  let at = 0
  for (const character of text) {
    // An octet that is no character was read as U+FFFD; somebody may also have written U+FFFD itself.
    const written = many ? utf8Octets(character) : character
    const sound = character !== '\ufffd' || (many && octets.startsWith(written, at))
    const encoded = sound ? encodeText(character, to) : null
    if (encoded !== null) parts.push(encoded)
    else if (missing === 'stop' || (!sound && missing === 'question-mark'))
      return { octets: parts.join(''), stopped: at }
    else if (missing === 'question-mark') parts.push('?')
    at += sound ? written.length : 1
  }
  return { octets: parts.join(''), stopped: null }
}
