/** Whatever is offered as a command may be said in that state, and whatever is typed, nothing breaks and nothing secret shows. */
import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { commonPart, complete } from '../../src/core/views/help/complete.ts'
import { look } from '../../src/core/views/help/look.ts'
import { meanings } from '../../src/core/views/help/meaning.ts'
import { meant } from '../../src/core/views/help/meant.ts'
import type { Known, Listener, Scene } from '../../src/core/views/help/scene.ts'
import { isOffered, tableOf } from '../../src/core/views/protocols.ts'

const known: Known = {
  hosts: [
    { name: 'mx1.rennes.example', address: '192.0.2.10', ports: [25, 110, 143] },
    { name: 'pc-alice.rennes.example', address: '192.0.2.30', ports: [] },
  ],
  domains: ['rennes.example', 'lyon.example'],
  people: [
    { address: 'alice@rennes.example', name: 'Alice' },
    { address: 'bruno@rennes.example', name: 'Bruno' },
  ],
  here: 'pc-alice.rennes.example',
  own: 'alice@rennes.example',
  mailboxes: ['INBOX', 'Sent', 'My letters'],
  messages: 3,
  mechanisms: ['PLAIN', 'CRAM-MD5'],
  files: ['letter.txt'],
}

const servers: fc.Arbitrary<Listener & { to: 'server' }> = fc
  .constantFrom('smtp', 'lmtp', 'pop3', 'imap')
  .map(tableOf as (protocol: string) => ReturnType<typeof tableOf>)
  .chain((table) => {
    const rows = Object.values(table.rows)
    const states = [...new Set(rows.flatMap(({ legalIn }) => legalIn))]
    const extensions = [...new Set(rows.flatMap(({ extension }) => (extension === null ? [] : [extension])))]
    return fc.record({
      to: fc.constant('server' as const),
      table: fc.constant(table),
      state: fc.constantFrom(...states),
      capabilities: fc.option(fc.subarray(extensions)),
      heard: fc.nat(20),
    })
  })

/** Lines that lead somewhere: words of the table, of the world, and noise. */
const lineFor = ({ table }: Listener & { to: 'server' }) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...table.verbs, 'a1', 'FROM:<', 'TO:<a@b.example>', 'INBOX', '1', '(FLAGS', '""', ' '),
        fc.string({ maxLength: 6 }),
      ),
      { maxLength: 5 },
    )
    .map((words) => words.join(' '))

const cases = servers.chain((listener) => fc.tuple(fc.constant(listener), lineFor(listener)))

describe('completion', () => {
  it('offers only verbs that are legal in this state, and offered', () => {
    fc.assert(
      fc.property(servers, fc.constantFrom('', 'a1 ', 'u', 'a1 u', 'M', 'L'), (listener, line) => {
        const { table, state, capabilities } = listener
        const scene: Scene = { listener, known }
        const found = complete(scene, line, line.length)
        for (const { text } of found?.options ?? []) {
          if (/^a\d+ $/.test(text)) continue
          const upper = text.toUpperCase().trim()
          const verb = table.verbs
            .filter((each) => upper === each || upper.startsWith(`${each} `))
            .sort((a, b) => b.length - a.length)[0]
          expect(verb).toBeDefined()
          const row = table.rows[verb!]!
          expect(row.legalIn).toContain(state)
          expect(isOffered(row.extension, capabilities)).toBe(true)
        }
      }),
    )
  })

  it('begins with what is typed, tells nothing twice, and goes on from its common part', () => {
    fc.assert(
      fc.property(cases, ([listener, line]) => {
        const found = complete({ listener, known }, line, line.length)
        if (!found) return
        const typed = line.slice(found.from, found.to).toLowerCase()
        const texts = found.options.map(({ text }) => text)
        expect(new Set(texts).size).toBe(texts.length)
        for (const text of [...texts, commonPart(found.options)])
          expect(text.toLowerCase().startsWith(typed)).toBe(true)
      }),
    )
  })

  it('gives nothing away behind the verb of a row with a secret, but mechanisms', () => {
    fc.assert(
      fc.property(servers, fc.string({ maxLength: 8 }), (listener, typed) => {
        for (const verb of listener.table.verbs) {
          if (!listener.table.rows[verb]!.secret) continue
          const line = `${listener.table.name === 'imap' ? 'a1 ' : ''}${verb} ${typed}`
          const found = complete({ listener, known }, line, line.length)
          for (const { text } of found?.options ?? []) expect(known.mechanisms).toContain(text)
        }
      }),
    )
  })
})

describe('whatever is typed', () => {
  it('is looked at, mended and explained without an error', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(null, 'syntax', 'unknown', 'nonexistent'), ([listener, line], outcome) => {
        const seen = look(listener, line)
        if (seen && 'pieces' in seen) expect(seen.now).toBeLessThan(seen.pieces.length)
        const better = meant({ listener, known }, line, outcome)
        if (better !== null) expect(better).not.toBe(line.trim())
        const spoken = listener.table.name
        let end = 0
        for (const { from, to, word } of meanings(line, { known, spoken, has: () => true })) {
          expect(line.slice(from, to)).toBe(word)
          expect(from).toBeGreaterThanOrEqual(end)
          end = to
        }
      }),
    )
  })
})
