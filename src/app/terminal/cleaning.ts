/**
 * Text that was copied from a course is not what was meant: dialogues have `C:` and `S:` before their lines, and word
 * processors turn quotes and blanks into others that look alike, and that no server understands.
 */
import { typedVerbs as imapVerbs } from '../../core/imap/commands.ts'
import { typedVerbs as pop3Verbs } from '../../core/pop3/commands.ts'
import { typedVerbs as smtpVerbs } from '../../core/smtp/commands.ts'

export type Blemish = 'prefixes' | 'quotes' | 'blanks'

/** A French course has a blank before the colon, which is mostly one that does not break. */
const CLIENT = /^\s*C\s?: ?/
const SERVER = /^\s*S\s?: ?/
const LINE_END = /\r\n|\r|\n/
const DOUBLE = /[\u201c\u201d\u201e\u00ab\u00bb]/g
const SINGLE = /[\u2018\u2019\u201a]/g
const BLANKS = /[\u00a0\u2007\u202f\u2009\ufeff]/g
/** In a letter such a word begins no line in capitals, or not often. */
const VERBS = new Set<string>([...smtpVerbs, ...pop3Verbs, ...imapVerbs])
/** What of a shell has addresses and quotes in courses. */
const SHELL = new Set(['telnet', 'dig', 'mail'])
const TAG = /^[A-Za-z]{0,4}\d{1,4}$/

/** A command with something behind it, of a protocol, with its tag where it has one, or of the shell. */
function isCommand(line: string): boolean {
  const words = line.trim().split(/[\s:]+/)
  const [verb = '', ...more] = TAG.test(words[0]!) ? words.slice(1) : words
  return more.length > 0 && (VERBS.has(verb) || SHELL.has(verb))
}

/**
 * What is odd about it; nothing where nobody would mean something else. A letter of many lines may have any quotes it likes: a
 * command has not.
 */
export function blemishes(text: string): Blemish[] {
  const lines = text.split(LINE_END).filter((line) => line.trim() !== '')
  const isDialogue = isOfDialogue(lines[0] ?? '') && lines.some((line) => CLIENT.test(line))
  const found: Blemish[] = isDialogue ? ['prefixes'] : []
  const looked = isDialogue || lines.length === 1 ? [text] : lines.filter(isCommand)
  const has = (what: RegExp) => looked.some((line) => line.search(what) >= 0)
  if (has(DOUBLE) || has(SINGLE)) found.push('quotes')
  if (has(BLANKS)) found.push('blanks')
  return found
}

const plainly = (text: string) => text.replace(DOUBLE, '"').replace(SINGLE, "'").replace(BLANKS, ' ')
const isOfDialogue = (line: string) => CLIENT.test(line) || SERVER.test(line)

/** What the client says, with the quotes and blanks that a keyboard has. */
export function cleaned(text: string): string {
  if (!blemishes(text).includes('prefixes')) {
    const lines = text.split(/(\r\n|\r|\n)/)
    const alone = lines.filter((line) => line.trim() !== '').length === 1
    return lines.map((line) => (alone || isCommand(line) ? plainly(line) : line)).join('')
  }
  const plain = plainly(text)
  const said: string[] = []
  let client = false
  for (const line of plain.split(LINE_END)) {
    if (isOfDialogue(line)) client = CLIENT.test(line)
    if (client && line.trim() !== '') said.push(line.replace(CLIENT, ''))
  }
  return said.map((line) => `${line}\n`).join('')
}
