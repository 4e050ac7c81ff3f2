/** Options as openssl takes them: whole words behind one hyphen, some with a value. */
import type { Octets } from '../bytes/octets.ts'
import { readable, type Context } from './command.ts'

export interface Given {
  /** As they stood there. */
  options: readonly (readonly [name: string, value: Octets])[]
  rest: readonly Octets[]
  has(name: string): boolean
  value(name: string): Octets | undefined
}

/** `flags` stand alone, `valued` take the next word. Complains in openssl's words, and gives null, where it is wrong. */
export function opensslOptions(
  { complain }: Context,
  command: string,
  words: readonly Octets[],
  flags: readonly string[],
  valued: readonly string[],
): Given | null {
  const options: (readonly [string, Octets])[] = []
  const rest: Octets[] = []
  const wrong = (what: string) => {
    complain(`${command}: ${what}\n${command}: Use -help for summary.\n`)
    return null
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const name = word.replace(/^--?/, '')
    if (name === word || name === '') rest.push(word)
    else if (flags.includes(name)) options.push([name, ''])
    else if (!valued.includes(name)) return wrong(`Unknown option: -${readable(name)}`)
    else {
      const value = words[++at]
      if (value === undefined) return wrong(`Option -${name} needs a value`)
      options.push([name, value])
    }
  }
  const value = (name: string) => options.findLast(([given]) => given === name)?.[1]
  return { options, rest, value, has: (name) => value(name) !== undefined }
}
