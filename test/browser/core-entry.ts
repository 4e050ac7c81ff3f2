/** What the browser and Node are asked to do alike: bundled for the one, imported by the other. */
import { toBytes, toOctets } from '../../src/core/bytes/octets.ts'
import { utf8Octets, utf8Text } from '../../src/core/bytes/utf8.ts'
import { Sim } from '../../src/core/world/sim.ts'
import type { WorldFile } from '../../src/core/world/schema.ts'

/** Each octet through the codec and back; long enough for the part that works in chunks. */
export function codec(): { there: number[]; back: number[]; long: boolean } {
  const bytes = Uint8Array.from({ length: 256 }, (_, octet) => octet)
  const octets = toOctets(bytes)
  const long = Uint8Array.from({ length: 100_003 }, (_, at) => (at * 31) & 255)
  return {
    there: Array.from(octets, (character) => character.charCodeAt(0)),
    back: [...toBytes(octets)],
    long: toBytes(toOctets(long)).every((octet, at) => octet === long[at]),
  }
}

export const utf8 = (text: string): string => utf8Text(utf8Octets(text))

/** A day in a world: mail by hand and by program, faults, a skip. The checksum is that of its whole trace. */
export function day(file: WorldFile): { checksum: string; events: number } {
  const sim = new Sim(file, { seed: 7 })
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  const lines = [
    'telnet mx1.rennes.example 25',
    'EHLO pc-alice.rennes.example',
    'MAIL FROM:<alice@rennes.example>',
    'RCPT TO:<emma@brest.example>',
    'RCPT TO:<profs@rennes.example>',
    'DATA',
    'Subject: é',
    '',
    'Bonjour',
    '.',
    'QUIT',
    'dig MX lyon.example',
    'mail -v -s two claire@lyon.example',
    'again',
    '.',
  ]
  for (const line of lines) {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
  sim.fault('loss mx1.rennes.example--mail.brest.example 0.5')
  sim.fault('down mx.lyon.example')
  sim.type('t1', 'mail -s three denis@lyon.example emma@brest.example\nthree\n.\n')
  sim.drain()
  for (let k = 0; k < 5; k++) {
    sim.skip()
    sim.drain()
  }
  return { checksum: sim.journal().checksum, events: sim.trace.length }
}
