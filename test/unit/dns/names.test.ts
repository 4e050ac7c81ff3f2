import { describe, expect, it } from 'vitest'
import { addressOctets, octetsAddress, reverseName } from '../../../src/core/dns/address.ts'
import { isWithin, labelsOf, nameOf, normalName, parentOf } from '../../../src/core/dns/names.ts'

describe('names', () => {
  it.each([
    ['MX1.Rennes.Example.', 'mx1.rennes.example'],
    ['', ''],
    ['.', ''],
    ['first\\.last.example', 'first\\.last.example'],
    ['\\065bc\\046d.example', 'abc\\.d.example'],
    ['\\255\\000.x', '\\255\\000.x'],
    ['a@b', 'a\\@b'],
    ['_dmarc.*.x', '_dmarc.*.x'],
    ['back\\\\slash', 'back\\\\slash'],
  ])('%j is %j', (name, normal) => {
    expect(normalName(name)).toBe(normal)
    expect(normalName(normal)).toBe(normal)
  })

  it.each(['..', '.a', 'a..b', 'a b', 'é.example', 'a\\', 'a\\256', 'tab\there', 'a\\\n', '\u0161'])(
    '%j is none',
    (name) => {
      expect(normalName(name)).toBeNull()
    },
  )

  it('keep the limits of RFC 1035 2.3.4', () => {
    expect(normalName('a'.repeat(63))).not.toBeNull()
    expect(normalName('a'.repeat(64))).toBeNull()
    const most = `${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(61)}`
    expect(most.length + 2).toBe(255)
    expect(normalName(most)).toBe(most)
    expect(normalName(`${most}b`)).toBeNull()
    expect(labelsOf('a.'.repeat(127))).toHaveLength(127)
    expect(labelsOf('a.'.repeat(128))).toBeNull()
  })

  it('lower only the letters of ASCII', () => {
    expect(nameOf(['\xc0Z'])).toBe('\\192z')
    expect(labelsOf('\\192Z')).toEqual(['\xc0z'])
  })

  it('know what stands under what, by whole labels', () => {
    expect(isWithin('mx1.rennes.example', 'rennes.example')).toBe(true)
    expect(isWithin('rennes.example', 'rennes.example')).toBe(true)
    expect(isWithin('rennes.example', '')).toBe(true)
    expect(isWithin('xrennes.example', 'rennes.example')).toBe(false)
    expect(isWithin('example', 'rennes.example')).toBe(false)
    expect(isWithin('x\\.rennes.example', 'rennes.example')).toBe(false)
    expect(isWithin('x\\\\.rennes.example', 'rennes.example')).toBe(true)
    expect(isWithin('x\\\\\\.b', 'b')).toBe(false)
  })

  it('have parents', () => {
    expect(parentOf('a.b.c')).toBe('b.c')
    expect(parentOf('c')).toBe('')
    expect(parentOf('')).toBe('')
    expect(parentOf('a\\.b.c')).toBe('c')
    expect(parentOf('a\\\\.c')).toBe('c')
  })
})

describe('addresses', () => {
  it('are four octets', () => {
    expect(addressOctets('192.0.2.10')).toBe('\xc0\x00\x02\x0a')
    expect(octetsAddress('\xc0\x00\x02\x0a')).toBe('192.0.2.10')
    expect(addressOctets('255.255.255.255')).toBe('\xff\xff\xff\xff')
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.',
    '.1.2.3.4',
    '1..2.3',
    ' 1.2.3.4',
    '1.2.3.4\n',
    '::1',
    'a.b.c.d',
  ])('%j is none', (text) => {
    expect(addressOctets(text)).toBeNull()
  })

  it('are turned round for PTR', () => {
    expect(reverseName('192.0.2.10')).toBe('10.2.0.192.in-addr.arpa')
  })
})
