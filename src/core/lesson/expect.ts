/**
 * What a script expects, against what came: `...` at the end of a line is its rest (in its middle it is three dots, as
 * sendmail writes them), `$name` stands for one word, which it keeps from its first match on.
 */
import { utf8Text } from '../bytes/utf8.ts'
import type { Octets } from '../bytes/octets.ts'

export type Bindings = Map<string, string>

/** Binds nothing unless the whole line fits. */
export function fits(expected: string, got: string, bindings: Bindings): boolean {
  const open = expected.endsWith('...')
  const pattern = open ? expected.slice(0, -3) : expected
  const bound = new Map<string, string>()
  let at = 0
  const parts = pattern.split(/(\$[a-z][a-z0-9]*)/)
  for (const [index, part] of parts.entries()) {
    const name = /^\$[a-z]/.test(part) ? part.slice(1) : null
    const known = name === null ? part : (bindings.get(name) ?? bound.get(name))
    if (known !== undefined) {
      if (!got.startsWith(known, at)) return false
      at += known.length
      continue
    }
    const [run = ''] = /^[^\s<>]+/.exec(got.slice(at)) ?? []
    // A word ends where what stands behind it begins: `[UIDNEXT $next]`.
    const end = run.indexOf(parts[index + 1]?.[0] ?? ' ')
    const word = end < 0 ? run : run.slice(0, end)
    if (word === '') return false
    bound.set(name!, word)
    at += word.length
  }
  if (!open && at < got.length) return false
  for (const [name, word] of bound) bindings.set(name, word)
  return true
}

/** The last line of what stands on a screen that fits binds its words; most lines bind none. */
export function bindLatest(expected: string, shown: string, bindings: Bindings): void {
  if (!/\$[a-z]/.test(expected)) return
  const words = (text: string) => text.replace(/[ \t]+/g, ' ').trimEnd()

  for (const line of shown.split('\n').reverse()) if (fits(words(expected), words(line), bindings)) return
}

/** What the client says may hold words that a reply bound; other dollars stay as they are. */
export function fill(octets: Octets, bindings: Bindings): Octets {
  return bindings.size === 0
    ? octets
    : octets.replace(/\$([a-z][a-z0-9]*)/g, (whole, name: string) => bindings.get(name) ?? whole)
}

/** The first line in `pending`, and what lies behind it; null while there is none. */
export function takeLine(pending: Octets): { lines: string[]; rest: Octets } | null {
  const end = pending.indexOf('\r\n')
  return end < 0 ? null : { lines: [utf8Text(pending.slice(0, end))], rest: pending.slice(end + 2) }
}

/** The first whole reply in `pending` (RFC 5321 4.2.1), and what lies behind it; null while there is none. */
export function takeReply(pending: Octets): { lines: string[]; rest: Octets } | null {
  const lines: string[] = []
  for (let at = 0; ;) {
    const end = pending.indexOf('\r\n', at)
    if (end < 0) return null
    const line = pending.slice(at, end)
    lines.push(utf8Text(line))
    at = end + 2
    if (!/^\d{3}-/.test(line)) return { lines, rest: pending.slice(at) }
  }
}
