import { beforeAll, describe, expect, test } from 'vitest'
import { sha256Hex } from '../../../src/core/bytes/hashes.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { makeAuthority } from '../../../src/smime/authority.ts'
import { readCertificate } from '../../../src/smime/certificate.ts'
import { certificatesIn, decryptPart, sendersOf, verifyPart } from '../../../src/smime/message.ts'
import { sign, type SignOptions } from '../../../src/smime/sign.ts'
import { encrypt } from '../../../src/smime/encrypt.ts'
import { verify } from '../../../src/smime/verify.ts'
import { DAY, entity, issued, message, must, now, people, type People } from './people.ts'

let world: People
beforeAll(async () => {
  world = await people()
})

const signed = async (options: Partial<SignOptions> = {}, what = entity) =>
  must(await sign(what, { by: world.alice, now, boundary: '=_b1', ...options }))

const check = (source: string, { authority = world.authority, at = now + DAY } = {}) =>
  verifyPart(parseMessage(source).root, { authorities: [authority.certificate], at })

describe('a signed message', () => {
  test('has the parameters that the course asks for, and the entity unchanged', async () => {
    const { entity: made, digest } = await signed()
    const { root } = parseMessage(message(made))
    expect([root.type, root.subtype]).toEqual(['multipart', 'signed'])
    expect(root.parameter('protocol')).toBe('application/pkcs7-signature')
    expect(root.parameter('micalg')).toBe('sha-256')
    expect(root.parameter('boundary')).toBe('=_b1')
    const [first, second] = root.children
    expect(root.source.slice(first!.place.from, first!.place.to)).toBe(entity)
    expect([second!.type, second!.subtype, second!.encoding]).toEqual(['application', 'pkcs7-signature', 'base64'])
    expect(second!.disposition?.kind).toBe('attachment')
    expect(digest).toBe(sha256Hex(entity))
  })

  test('is good, and says who signed it and when', async () => {
    const found = await check(message((await signed({ now: now + 5_000 })).entity))
    expect(found).toMatchObject({
      outcome: 'good',
      signer: readCertificate(world.alice.certificate)!,
      signingTime: now + 5_000,
      micalg: 'sha-256',
      computed: sha256Hex(entity),
      signed: sha256Hex(entity),
      content: null,
      layout: { form: 'smime-signed', micalg: 'sha-256', troubles: [] },
    })
    expect(found?.path.map(({ subject }) => subject)).toEqual([
      'CN=Alice, emailAddress=alice@rennes.example',
      'CN=Autorité de Rennes',
    ])
  })

  test('may be signed in one piece', async () => {
    const { entity: made } = await signed({ form: 'opaque' })
    expect(made).toContain('application/pkcs7-mime; smime-type=signed-data')
    expect(made).not.toContain('caf=E9')
    expect(await check(message(made))).toMatchObject({ outcome: 'good', content: entity })
  })

  test('may be signed after 2049', async () => {
    const later = Date.UTC(2051, 5, 1)
    const authority = await makeAuthority({ name: 'CA', now: later, algorithm: 'EC' })
    const by = await issued(authority, { name: 'A', address: 'alice@rennes.example', now: later, algorithm: 'EC' })
    const found = await check(message((await signed({ by, now: later })).entity), { authority, at: later })
    expect(found).toMatchObject({ outcome: 'good', signingTime: later })
  })

  test('may hold another one, and lie in another one', async () => {
    const inner = (await signed({ boundary: 'inner' })).entity
    const outer = (await signed({ by: world.bob, boundary: 'outer' }, inner)).entity
    const { root } = parseMessage(message(outer, 'bob@rennes.example'))
    const options = { authorities: [world.authority.certificate], at: now }
    expect(await verifyPart(root, options)).toMatchObject({ outcome: 'good' })
    expect(await verifyPart(root.children[0]!, options)).toMatchObject({ outcome: 'other-sender' })
    expect(await verifyPart(root.children[0]!, { ...options, from: ['ALICE@rennes.example'] })).toMatchObject({
      outcome: 'good',
    })
    const forwarded = `Content-Type: message/rfc822\r\n\r\n${message(inner)}`
    const part = parseMessage(message(forwarded, 'bob@rennes.example')).root.children[0]!
    expect(await verifyPart(part, options)).toMatchObject({ outcome: 'good' })
  })
})

describe('what happens on the way', () => {
  let source: string
  beforeAll(async () => {
    source = message((await signed()).entity)
  })

  test('one octet: altered, with both digests to show', async () => {
    const altered = entity.replace('pr=EAt', 'pr=E9t')
    const found = await check(source.replace(entity, altered))
    expect(found).toMatchObject({ outcome: 'altered', computed: sha256Hex(altered), signed: sha256Hex(entity) })
  })

  test('a relay that undoes or redoes quoted-printable: altered', async () => {
    const eightBit = entity.replace('quoted-printable', '8bit').replace('=E9', '\xe9').replace('=EA', '\xea')
    expect(await check(source.replace(entity, eightBit))).toMatchObject({ outcome: 'altered' })
    expect(await check(source.replace('caf=E9 est', 'caf=E9=20est'))).toMatchObject({ outcome: 'altered' })
    expect(await check(source.replace('=E9', '=e9'))).toMatchObject({ outcome: 'altered' })
  })

  test('a list that adds a line to the text: altered; behind the last delimiter: not', async () => {
    expect(await check(source.replace('pr=EAt.\r\n', 'pr=EAt.\r\n-- \r\nList\r\n'))).toMatchObject({
      outcome: 'altered',
    })
    expect(await check(`${source}-- \r\nList\r\n`)).toMatchObject({ outcome: 'good' })
  })

  test('a relay that adds to the header of the message: good; to the header of the part: altered', async () => {
    expect(await check(`Received: by x\r\nSubject: [list] x\r\n${source}`)).toMatchObject({ outcome: 'good' })
    expect(await check(source.replace('quoted-printable\r\n', 'quoted-printable\r\nX-A: b\r\n'))).toMatchObject({
      outcome: 'altered',
    })
  })

  test('line ends of LF alone: altered', async () => {
    expect(await check(source.replace(entity, entity.replaceAll('\r\n', '\n')))).toMatchObject({ outcome: 'altered' })
  })

  test('a signature cut off, of another text, or none: never good', async () => {
    expect(await check(source.slice(0, source.length - 600))).toMatchObject({ outcome: 'damaged' })
    expect(await check(source.slice(0, source.indexOf('--=_b1\r\nContent-Type: application')))).toMatchObject({
      outcome: 'damaged',
      layout: { troubles: ['not-two-parts'] },
    })
    const other = message((await signed({}, entity.replace('caf', 'th'))).entity)
    const swapped = source.slice(0, source.indexOf('--=_b1\r\nContent-Type: application'))
    expect(await check(swapped + other.slice(other.indexOf('--=_b1\r\nContent-Type: application')))).toMatchObject({
      outcome: 'altered',
    })
  })
})

describe('whose signature it is', () => {
  test('an authority that the reader does not know', async () => {
    const authority = await makeAuthority({ name: 'Autorité de Rennes', now, algorithm: 'EC' })
    expect(await check(message((await signed()).entity), { authority })).toMatchObject({ outcome: 'unknown-signer' })
    const { root } = parseMessage(message((await signed()).entity))
    expect(await verifyPart(root, { authorities: [], at: now })).toMatchObject({ outcome: 'unknown-signer' })
  })

  test('a certificate that one has made for oneself: known only where it is trusted itself', async () => {
    const own = await makeAuthority({ name: 'Alice', now, algorithm: 'EC' })
    const source = message((await signed({ by: own })).entity)
    expect(await check(source)).toMatchObject({ outcome: 'unknown-signer' })
    // And then it is for no address, and for vouching only.
    expect(await check(source, { authority: own })).toMatchObject({ outcome: 'not-for-mail' })
  })

  test('not valid yet, and not valid any more', async () => {
    const source = message((await signed()).entity)
    expect(await check(source, { at: now - 1000 })).toMatchObject({ outcome: 'not-yet-valid' })
    expect(await check(source, { at: now + 365 * DAY })).toMatchObject({ outcome: 'good' })
    expect(await check(source, { at: now + 365 * DAY + 1 })).toMatchObject({ outcome: 'expired' })
  })

  test('another sender, no sender, several senders', async () => {
    const { entity: made } = await signed()
    const outcome = async (from: string) => (await check(message(made, from)))?.outcome
    expect(await outcome('mallory@rennes.example')).toBe('other-sender')
    expect(await outcome('"alice@rennes.example" <mallory@rennes.example>')).toBe('other-sender')
    expect(await outcome('Alice <ALICE@Rennes.Example>')).toBe('good')
    expect(await outcome('alice@rennes.example, mallory@rennes.example')).toBe('other-sender')
    expect(await outcome('alice@rennes.example\r\nFrom: mallory@rennes.example')).toBe('other-sender')
    expect(sendersOf(parseMessage('Subject: x\r\n\r\n').root)).toEqual([])
  })

  test('a person who vouches for another is no authority', async () => {
    const { alice } = world
    const fake = { ...world.authority, certificate: world.authority.certificate, key: alice.key }
    const by = await issued(fake, { name: 'Alice', address: 'alice@rennes.example', now, algorithm: 'EC' })
    // It says that the authority has signed it, but it was signed with the key of Alice.
    expect(await check(message((await signed({ by, chain: [alice.certificate] })).entity))).toMatchObject({
      outcome: 'unknown-signer',
      path: [{ issuer: 'CN=Autorité de Rennes' }],
    })
  })

  test('the key of another than the certificate', async () => {
    const by = { certificate: world.alice.certificate, key: world.bob.key }
    const found = await check(message((await signed({ by })).entity))
    expect(found).toMatchObject({ outcome: 'wrong-signature', computed: sha256Hex(entity), signed: sha256Hex(entity) })
  })
})

describe('signing is refused', () => {
  test.each([
    ['bare-line-end', 'Content-Type: text/plain\r\n\r\na\nb\r\n'],
    ['bare-line-end', 'Content-Type: text/plain\r\n\r\na\rb\r\n'],
    ['bare-line-end', '\r\na\r'],
    ['eight-bit', '\r\ncaf\xe9\r\n'],
    ['nul', '\r\na\0b\r\n'],
    ['long-line', `\r\n${'a'.repeat(999)}\r\n`],
    ['long-line', `\r\n${'a'.repeat(999)}`],
    ['boundary', '\r\n--b1x\r\n'],
    ['boundary', '--b1\r\n'],
  ])('%s', async (refused, what) => {
    expect(await sign(what, { by: world.alice, now, boundary: 'b1' })).toEqual({ refused })
  })

  test('but not a line of 998, an empty text, or what only looks like a boundary', async () => {
    for (const what of [`\r\n${'a'.repeat(998)}\r\n`, '', '\r\na --b1\r\n-b1\r\n'])
      expect(await sign(what, { by: world.alice, now, boundary: 'b1' })).toHaveProperty('signature')
  })

  test('a boundary that is none, a key that is none', async () => {
    for (const boundary of ['', 'a ', 'a'.repeat(71), 'a"b', 'é'])
      expect(await sign(entity, { by: world.alice, now, boundary })).toEqual({ refused: 'boundary' })
    const refused = { refused: 'bad-identity' }
    expect(await sign(entity, { by: { ...world.alice, key: '' }, now, boundary: 'b' })).toEqual(refused)
    expect(await sign(entity, { by: { ...world.alice, certificate: '' }, now, boundary: 'b' })).toEqual(refused)
  })

  test('in linear time', async () => {
    const long = '\r\n'.repeat(1_000_000)
    const from = performance.now()
    expect(await sign(long, { by: world.alice, now, boundary: 'b' })).toHaveProperty('signature')
    expect(performance.now() - from).toBeLessThan(5_000)
  }, 20_000)
})

describe('whatever the octets', () => {
  test('nothing throws, and nothing altered is good', async () => {
    const { signature } = await signed()
    const options = { entity, authorities: [world.authority.certificate], from: [], at: now }
    expect((await verify({ ...options, signature })).outcome).toBe('good')
    const counts: Record<string, number> = {}
    for (let at = 0; at < signature.length; at++) {
      const octet = String.fromCharCode(signature.charCodeAt(at) ^ (1 << (at % 8)))
      const { outcome } = await verify({
        ...options,
        signature: signature.slice(0, at) + octet + signature.slice(at + 1),
      })
      counts[outcome] = (counts[outcome] ?? 0) + 1
    }
    // Some octets do not count, in certificates that nobody needs and in fields that nobody checks; most do.
    expect(counts['good'] ?? 0).toBeLessThan(signature.length / 4)
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['damaged', 'altered', 'wrong-signature']))
    for (let cut = 0; cut < signature.length; cut += 7)
      expect((await verify({ ...options, signature: signature.slice(0, cut) })).outcome).toBe('damaged')
  }, 60_000)

  test('deep and wide octets end soon', async () => {
    const options = { entity, authorities: [world.authority.certificate], from: [], at: now }
    const from = performance.now()
    for (const signature of [
      '\x30\x80'.repeat(500_000),
      '\x30'.repeat(1_000_000),
      '\x30\x83\x0f\x42\x40' + '\x05\x00'.repeat(500_000),
      '',
      '\0'.repeat(1_000_000),
    ])
      expect((await verify({ ...options, signature })).outcome).toBe('damaged')
    expect(performance.now() - from).toBeLessThan(10_000)
  }, 30_000)
})

test('other parts are neither verified nor opened', async () => {
  const options = { authorities: [], at: now }
  expect(await verifyPart(parseMessage(message(entity)).root, options)).toBeNull()
  expect(await decryptPart(parseMessage(message((await signed()).entity)).root, world.bob)).toBeNull()
  const encrypted = must(await encrypt(entity, { for: [world.bob.certificate] }))
  expect(await verifyPart(parseMessage(message(encrypted.entity)).root, options)).toBeNull()
  expect(certificatesIn(parseMessage(message(encrypted.entity)).root)).toEqual([])
})
