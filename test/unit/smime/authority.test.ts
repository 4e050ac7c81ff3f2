import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Identity, issue, makeAuthority } from '../../../src/smime/authority.ts'
import { readCertificate } from '../../../src/smime/certificate.ts'
import { readPem } from '../../../src/smime/pem.ts'
import { DAY, issued, now, people, type People } from './people.ts'

describe.each(['RSA', 'EC'] as const)('certificates with %s keys', (algorithm) => {
  let world: People
  beforeAll(async () => {
    world = await people(algorithm)
  })

  test('say what they were made for', () => {
    const info = readCertificate(world.alice.certificate)
    expect(info).toMatchObject({
      subject: 'CN=Alice, emailAddress=alice@rennes.example',
      issuer: 'CN=Autorité de Rennes',
      addresses: ['alice@rennes.example'],
      from: now,
      until: now + 365 * DAY,
      algorithm: algorithm === 'RSA' ? 'RSA 2048' : 'EC P-256',
      authority: false,
    })
    expect(readCertificate(world.authority.certificate)).toMatchObject({ authority: true, until: now + 3650 * DAY })
  })

  test('are read by Node, which finds the same', () => {
    const [authority, alice] = [world.authority, world.alice].map(({ certificate }) => new X509Certificate(certificate))
    const info = readCertificate(world.alice.certificate)!
    expect(alice!.verify(authority!.publicKey)).toBe(true)
    expect(alice!.checkIssued(authority!)).toBe(true)
    expect(authority!.verify(authority!.publicKey)).toBe(true)
    expect(authority!.ca).toBe(true)
    expect(alice!.checkEmail('alice@rennes.example')).toBe('alice@rennes.example')
    expect(alice!.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(info.fingerprint)
    expect(alice!.serialNumber.toLowerCase()).toBe(info.serial)
    expect([Date.parse(alice!.validFrom), Date.parse(alice!.validTo)]).toEqual([info.from, info.until])
    expect(alice!.keyUsage).toEqual(['1.3.6.1.5.5.7.3.4'])
  })
})

test('no two have the same serial number', async () => {
  const authority = await makeAuthority({ name: 'CA', now, algorithm: 'EC' })
  const serials = new Set<string>()
  for (let at = 0; at < 20; at++) {
    const one = await issued(authority, { name: 'A', address: 'a@a.example', now, algorithm: 'EC' })
    serials.add(readCertificate(one.certificate)!.serial)
  }
  expect(serials.size).toBe(20)
})

test('a certificate may last beyond 2049, where years take four digits', async () => {
  const { certificate } = await makeAuthority({ name: 'CA', now: Date.UTC(2049, 11, 1), days: 60, algorithm: 'EC' })
  expect(readCertificate(certificate)).toMatchObject({ from: Date.UTC(2049, 11, 1), until: Date.UTC(2050, 0, 30) })
  expect(Date.parse(new X509Certificate(certificate).validTo)).toBe(Date.UTC(2050, 0, 30))
})

describe('is refused', () => {
  let authority: Identity
  beforeAll(async () => {
    authority = await makeAuthority({ name: 'CA', now, algorithm: 'EC' })
  })
  const options = { name: 'A', address: 'a@a.example', now, algorithm: 'EC' } as const

  test('what no certificate can hold as an address', async () => {
    for (const address of ['', 'alice', '@rennes.example', 'hélène@rennes.example', 'a b@rennes.example', 'a@b\r\n'])
      expect(await issue(authority, { ...options, address })).toEqual({ refused: 'bad-address' })
  })

  test('what an authority cannot do', async () => {
    const alice = await issued(authority, options)
    expect(await issue(alice, options)).toEqual({ refused: 'bad-authority' })
    expect(await issue({ ...authority, key: 'none' }, options)).toEqual({ refused: 'bad-authority' })
    expect(await issue({ ...authority, certificate: '' }, options)).toEqual({ refused: 'bad-authority' })
  })
})

test('PEM is found in the text around it, and what is broken is left out', async () => {
  const { certificate, key } = await makeAuthority({ name: 'CA', now, algorithm: 'EC' })
  const text = `Certificate:\n    Data:\n${certificate.replaceAll('\n', '\r\n')}and then\n${key}`
  expect(readPem(text).map(({ label }) => label)).toEqual(['CERTIFICATE', 'PRIVATE KEY'])
  expect(readCertificate(text)).toEqual(readCertificate(certificate))
  expect(readPem(certificate.replace('M', '*'))).toEqual([])
  expect(readPem(certificate.replace('-----END CERTIFICATE', '-----END KEY'))).toEqual([])
  expect(readPem('-----BEGIN CERTIFICATE-----\nAAAA\n')).toEqual([])
  expect(readCertificate('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toBeNull()
  expect(readCertificate(key)).toBeNull()
  const begun = '-----BEGIN CERTIFICATE-----'
  expect(readPem(begun.repeat(100_000))).toEqual([])
})
