/**
 * From a typed line to words: the part of a POSIX shell's grammar that a mail course needs (quotes, backslash, `;`, `|`,
 * `<`, `>`, `>>`, `<<EOF`, `$USER`, comments). What else a shell knows is recognized, so that it can be said not to be here.
 */
import type { Octets } from '../bytes/octets.ts'

/** A pipeline is a list of commands. */
export type Pipeline = readonly SimpleCommand[]

/** Words, and where input comes from and output goes to, in the order in which it was written (POSIX 2.7). */
export interface SimpleCommand {
  words: readonly Octets[]
  redirections: readonly Redirection[]
}

export type Redirection =
  | { from: Octets }
  | { to: Octets; append: boolean }
  /** A here-document: the lines themselves. */
  | { text: Octets }

export type Parsed =
  | { ok: true; pipelines: readonly Pipeline[] }
  /** A quote is still open: more lines belong to it. */
  | { ok: false; why: 'open'; quote: string }
  /** A here-document has not come to its last line yet. */
  | { ok: false; why: 'here'; delimiter: Octets }
  /** As bash says it: a token that cannot stand there. */
  | { ok: false; why: 'unexpected'; token: string }
  /** Something that real shells have and this one has not. */
  | { ok: false; why: 'operator'; token: string }

type Variables = Readonly<Record<string, Octets>>
type Redirector = '<' | '>' | '>>' | '<<' | '<<-'
interface Word {
  word: Octets
  quoted: boolean
}
/** The text of a here-document is filled in when its lines have come. */
interface Redirect {
  redirect: Redirector
  text: Octets
}
/** `text` is how bash calls it: a line end ends a command as `;` does. */
interface Operator {
  operator: ';' | '|'
  text: string
}
type Token = Word | Operator | Redirect

export function parseLine(line: Octets, variables: Variables): Parsed {
  const tokens = new Tokenizer(line, variables).tokens()
  if (!Array.isArray(tokens)) return tokens
  const pipelines: SimpleCommand[][] = []
  let commands: SimpleCommand[] = []
  let words: Octets[] = []
  let redirections: Redirection[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if ('word' in token) words.push(token.word)
    else if ('redirect' in token) {
      const target = tokens[++at]
      if (target === undefined || !('word' in target))
        return { ok: false, why: 'unexpected', token: target === undefined ? 'newline' : shownToken(target) }
      redirections.push(redirection(token, target.word))
    } else {
      if (words.length === 0 && redirections.length === 0)
        return { ok: false, why: 'unexpected', token: token.operator }
      commands.push({ words, redirections })
      words = []
      redirections = []
      if (token.operator === ';') {
        pipelines.push(commands)
        commands = []
      }
    }
  }
  if (words.length > 0 || redirections.length > 0) commands.push({ words, redirections })
  else if (commands.length > 0) return { ok: false, why: 'open', quote: '|' }
  if (commands.length > 0) pipelines.push(commands)
  return { ok: true, pipelines }
}

const shownToken = (token: Operator | Redirect) => ('redirect' in token ? token.redirect : token.text)

function redirection({ redirect, text }: Redirect, word: Octets): Redirection {
  if (redirect === '<') return { from: word }
  return redirect === '>' || redirect === '>>' ? { to: word, append: redirect === '>>' } : { text }
}

type Wrong = Extract<Parsed, { ok: false }>

class Tokenizer {
  private readonly line: Octets
  private readonly variables: Variables
  private readonly found: Token[] = []
  private word: Octets | null = null
  private quoted = false
  /** Here-documents whose lines come after this one. */
  private readonly awaited: { token: Redirect; place: number }[] = []

  constructor(line: Octets, variables: Variables) {
    this.line = line
    this.variables = variables
  }

  tokens(): Token[] | Wrong {
    const { line } = this
    for (let at = 0; at < line.length; at++) {
      const next = this.take(at)
      if (typeof next !== 'number') return next
      at = next
    }
    this.endWord()
    const [open] = this.awaited
    if (open) {
      const delimiter = this.found[open.place]
      if (delimiter && 'word' in delimiter) return unended(delimiter)
    }
    return this.found
  }

  /** What begins at `at`; gives the last character that was taken. */
  private take(at: number): number | Wrong {
    const { line, variables } = this
    const character = line[at]!
    switch (character) {
      case ' ':
      case '\t':
        this.endWord()
        return at
      case '\n':
        return this.newline(at)
      case ';':
      case '|':
        this.endWord()
        if (line[at + 1] === character) return { ok: false, why: 'operator', token: character + character }
        this.found.push({ operator: character, text: character })
        return at
      case '<':
      case '>':
        return this.redirect(at)
      case '&':
      case '(':
      case ')':
      case '`':
        return { ok: false, why: 'operator', token: line[at + 1] === '&' && character === '&' ? '&&' : character }
      case '#': {
        if (this.word !== null) break
        const lf = line.indexOf('\n', at)
        return (lf < 0 ? line.length : lf) - 1
      }
      case '\\':
        if (at + 1 >= line.length) return { ok: false, why: 'open', quote: '\\' }
        // A backslash takes the line end away (POSIX 2.2.1).
        if (line[at + 1] !== '\n') this.add(line[at + 1]!, true)
        return at + 1
      case "'": {
        const end = line.indexOf("'", at + 1)
        if (end < 0) return { ok: false, why: 'open', quote: "'" }
        this.add(line.slice(at + 1, end), true)
        return end
      }
      case '"': {
        const text = expanded(line, at + 1, variables, '"')
        if (text === null) return { ok: false, why: 'open', quote: '"' }
        if (typeof text === 'string') return { ok: false, why: 'operator', token: text }
        this.add(text.text, true)
        return text.end
      }
      case '$': {
        const value = variable(line, at, variables)
        if (value === null) return { ok: false, why: 'operator', token: line.slice(at, at + 2) }
        if (value.text !== '' || this.word !== null) this.add(value.text, false)
        return value.end
      }
    }
    this.add(character, false)
    return at
  }

  private add(text: Octets, quoted: boolean): void {
    this.word = (this.word ?? '') + text
    if (quoted) this.quoted = true
  }

  private endWord(): void {
    if (this.word !== null) this.found.push({ word: this.word, quoted: this.quoted })
    this.word = null
    this.quoted = false
  }

  private redirect(at: number): number | Wrong {
    const { line } = this
    const rest = line.slice(at, at + 3)
    const redirect = (['<<-', '<<', '>>', '<', '>'] as const).find((operator) => rest.startsWith(operator))!
    const after = line[at + redirect.length] ?? ''
    // `2>` is about another output than the first, `>&` joins two of them, `<(`, `<>`, `>|` and `<<<` are bash's own.
    const number = !this.quoted && /^\d+$/.test(this.word ?? '') ? this.word! : ''
    if (number !== '' || /^[<>&(|]$/.test(after))
      return { ok: false, why: 'operator', token: number + redirect + (/^[<>&(|]$/.test(after) ? after : '') }
    this.endWord()
    const token = { redirect, text: '' }
    this.found.push(token)
    if (redirect.startsWith('<<')) this.awaited.push({ token, place: this.found.length })
    return at + redirect.length - 1
  }

  /** The end of a line ends a command, and the lines of its here-documents follow. */
  private newline(at: number): number | Wrong {
    this.endWord()
    for (let awaited; (awaited = this.awaited.shift());) {
      const delimiter = this.found[awaited.place]
      // No word behind `<<`: the parser will say so.
      if (!delimiter || !('word' in delimiter)) continue
      const end = this.hereDocument(at + 1, awaited.token, delimiter)
      if (typeof end !== 'number') return end
      at = end
    }
    const last = this.found.at(-1)
    if (last && !('operator' in last)) this.found.push({ operator: ';', text: 'newline' })
    return at
  }

  /** POSIX 2.7.4. Gives the place of the line end behind its last line. */
  private hereDocument(from: number, token: Redirect, end: Word): number | Wrong {
    const { line } = this
    const lines: Octets[] = []
    for (let at = from; at <= line.length;) {
      const lf = line.indexOf('\n', at)
      const stop = lf < 0 ? line.length : lf
      const raw = line.slice(at, stop)
      const text = token.redirect === '<<-' ? raw.replace(/^\t+/, '') : raw
      if (text === end.word) {
        const document = lines.map((one) => `${one}\n`).join('')
        const filled = end.quoted ? { text: document } : expanded(document, 0, this.variables, null)
        if (typeof filled === 'string') return { ok: false, why: 'operator', token: filled }
        token.text = filled?.text ?? ''
        return stop
      }
      lines.push(text)
      at = stop + 1
    }
    return unended(end)
  }
}

/** More lines have to come; no line can be one that holds a line end itself. */
const unended = ({ word }: Word): Wrong =>
  word.includes('\n') ? { ok: false, why: 'unexpected', token: 'newline' } : { ok: false, why: 'here', delimiter: word }

/**
 * Between double quotes: `\` only before `$ " \` and a grave accent (POSIX 2.2.3). A here-document (`end` is null) is read
 * in the same way, but that `"` is nothing special there. A string is an operator not known here, null an open quote.
 */
function expanded(
  line: Octets,
  from: number,
  variables: Variables,
  end: '"' | null,
): { text: Octets; end: number } | string | null {
  let text = ''
  for (let at = from; at < line.length; at++) {
    const character = line[at]!
    if (character === end) return { text, end: at }
    if (character === '`') return '`'
    if (character === '\\' && at + 1 < line.length && (line[at + 1] === end || '$\\`\n'.includes(line[at + 1]!))) {
      at++
      if (line[at] !== '\n') text += line[at]!
    } else if (character === '$') {
      const found = variable(line, at, variables)
      if (found === null) return line.slice(at, at + 2)
      text += found.text
      at = found.end
    } else text += character
  }
  return end === null ? { text, end: line.length } : null
}

/** `$NAME` and `${NAME}`; a lone `$` is itself; null for `$(`, `$'` and the like. `end` is the last character taken. */
function variable(line: Octets, at: number, variables: Variables): { text: Octets; end: number } | null {
  const [taken, braced, plain] = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(line.slice(at, at + 100)) ?? []
  const name = braced ?? plain
  if (taken !== undefined && name !== undefined)
    return { text: Object.hasOwn(variables, name) ? variables[name]! : '', end: at + taken.length - 1 }
  return /^[({'"]/.test(line.slice(at + 1, at + 2)) && line[at + 1] !== '"' ? null : { text: '$', end: at }
}
