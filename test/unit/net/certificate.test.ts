import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toBytes } from '../../../src/core/bytes/octets.ts'
import { Random } from '../../../src/core/net/random.ts'
import { Authority, readX509, signedBy } from '../../../src/core/net/tls/certificate.ts'
import { oid, readOid, readTime, time } from '../../../src/core/net/tls/der.ts'
import { Lab } from './lab.ts'

const EPOCH = Date.UTC(2026, 8, 7, 8)
const made = () => new Authority(new Random(7), EPOCH)

describe('a certificate of a host', () => {
  const authority = made()
  const [own = ''] = authority.identity('mx1.rennes.example').chain

  it('is X.509 to another reader, and signed by the root', () => {
    const leaf = new X509Certificate(toBytes(own))
    const root = new X509Certificate(toBytes(authority.root))
    expect(leaf.subject).toBe('CN=mx1.rennes.example')
    expect(leaf.issuer).toBe('O=Facteur\nCN=Facteur Root CA')
    expect(leaf.checkHost('mx1.rennes.example')).toBe('mx1.rennes.example')
    expect(leaf.checkHost('mx2.rennes.example')).toBeUndefined()
    expect(leaf.subjectAltName).toBe('DNS:mx1.rennes.example')
    expect([leaf.validFrom, leaf.validTo]).toEqual(['Jun  9 00:00:00 2026 GMT', 'Jun  9 00:00:00 2027 GMT'])
    expect(leaf.verify(root.publicKey)).toBe(true)
    expect(root.verify(root.publicKey)).toBe(true)
    expect(leaf.checkIssued(root)).toBe(true)
    expect([leaf.ca, root.ca]).toEqual([false, true])
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  })

  it('is read back', () => {
    const leaf = readX509(own)!
    const root = readX509(authority.root)!
    expect(leaf).toMatchObject({
      version: 3,
      issuer: root.subject,
      subject: [['2.5.4.3', 'mx1.rennes.example']],
      notBefore: Date.UTC(2026, 5, 9),
      notAfter: Date.UTC(2027, 5, 9),
      keyAlgorithm: '1.3.101.112',
    })
    expect(leaf.extensions.map(({ id, critical }) => `${id}${critical ? '!' : ''}`)).toEqual([
      '2.5.29.19!',
      '2.5.29.15!',
      '2.5.29.37',
      '2.5.29.17',
      '2.5.29.14',
      '2.5.29.35',
    ])
    expect(signedBy(leaf, root)).toBe(true)
    expect(signedBy(root, root)).toBe(true)
    expect(signedBy(leaf, leaf)).toBe(false)
  })

  it('is the same for the same seed, and another one for another host', () => {
    expect(made().identity('mx1.rennes.example').chain).toEqual([own])
    expect(authority.identity('mx2.rennes.example').chain).not.toEqual([own])
    expect(new Authority(new Random(8), EPOCH).root).not.toBe(authority.root)
  })

  it('that is cut or is none is no certificate', () => {
    for (let length = 0; length < own.length; length += 3) expect(readX509(own.slice(0, length))).toBeNull()
    expect(readX509('\x30\x84\xff\xff\xff\xff')).toBeNull()
    expect(readX509('\x30\x80')).toBeNull()
  })
})

describe('DER', () => {
  it('writes object identifiers and times as others do', () => {
    for (const dotted of ['1.2.840.113549.1.1.11', '2.5.29.17', '1.3.101.112', '2.999.3'])
      expect(readOid(oid(dotted).slice(2))).toBe(dotted)
    expect(oid('1.2.840.113549')).toBe('\x06\x06\x2a\x86\x48\x86\xf7\x0d')
    expect(time(Date.UTC(2049, 11, 31, 23, 59, 59))).toBe('\x17\x0d491231235959Z')
    expect(time(Date.UTC(2050, 0, 1))).toBe('\x18\x0f20500101000000Z')
    for (const at of [Date.UTC(1950, 0, 1), Date.UTC(1999, 1, 28, 1, 2, 3), Date.UTC(2100, 2, 1)]) {
      const whole = time(at)
      expect(readTime({ tag: whole.charCodeAt(0), content: whole.slice(2), whole })).toBe(at)
    }
  })
})

describe('a stream under TLS', () => {
  it('tells its client what the server showed', () => {
    const lab = new Lab()
    const { client, server } = lab.connect()
    expect(client.tls).toBeNull()
    server.acceptTls('b')(() => {})
    client.startTls('b')(() => {})
    lab.clock.drain()
    const facts = client.tls!
    expect(facts.cipher).toBe('TLS_AES_128_GCM_SHA256')
    expect(readX509(facts.chain[0]!)?.subject).toEqual([['2.5.4.3', 'b']])
    expect(signedBy(readX509(facts.chain[0]!)!, readX509(facts.roots[0]!)!)).toBe(true)
    const sent = (dir: string) =>
      lab.events('segment').reduce((sum, event) => sum + (event.dir === dir ? event.data.length : 0), 0)
    expect([facts.read, facts.written]).toEqual([sent('down'), sent('up')])
  })
})
