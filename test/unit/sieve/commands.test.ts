/** The table of commands: what stands in it can be read and run, and is named as its RFC names it. */
import { describe, expect, it } from 'vitest'
import { CAPABILITIES, commandRows, type NodeRow, testRows } from '../../../src/core/sieve/commands.ts'
import { A, problems, result } from './mail.ts'

const REQUIRE = `require [${[...CAPABILITIES].map((name) => `"${name}"`).join(', ')}];`

/** A row as a script may write it, with the first tag of each group where `tagged`. */
function written({ name, parameters, tags }: NodeRow, tagged: boolean): string {
  const groups = new Map([...tags].reverse().map((tag) => [tag.group, tag]))
  const given = [...groups.values()].filter(({ group }) => tagged || group === 'size')
  const value = (kind: string | null) => (kind === null ? '' : kind === 'number' ? ' 7' : ' "i;octet"')
  const argument = (parameter: NodeRow['parameters'][number]) => {
    if (parameter.kind === 'number') return '7'
    return /header list|envelope part/.test(parameter.name) ? '"from"' : name === 'redirect' ? '"a@b.example"' : '"a"'
  }
  return [name, ...given.map(({ tag, takes }) => `:${tag}${value(takes)}`), ...parameters.map(argument)].join(' ')
}

describe('the table', () => {
  it('every command runs, with its tags and without', () => {
    for (const row of commandRows.values()) {
      if (/^(if|elsif|else|require)$/.test(row.name)) continue
      for (const tagged of [false, true]) {
        const text = `${REQUIRE} ${written(row, tagged)};`
        expect(problems(text)).toEqual([])
        expect(result(text, A).trouble).toBeNull()
      }
    }
  })

  it('every test too', () => {
    for (const row of testRows.values()) {
      const inner = row.tests === 'none' ? '' : row.tests === 'one' ? ' true' : ' (true, false)'
      for (const tagged of [false, true]) {
        const text = `${REQUIRE} if ${written(row, tagged)}${inner} { discard; }`
        expect(problems(text)).toEqual([])
        expect(result(text, A).trouble).toBeNull()
      }
    }
  })

  it('has what scripts require most', () => {
    const usual = 'fileinto reject ereject envelope copy imap4flags body subaddress mailbox variables duplicate'.split(
      ' ',
    )
    for (const name of [...usual, 'encoded-character', 'comparator-i;octet', 'comparator-i;ascii-casemap'])
      expect(CAPABILITIES.has(name)).toBe(true)
  })
})
