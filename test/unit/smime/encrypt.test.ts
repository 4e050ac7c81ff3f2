import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { toOctets } from '../../../src/core/bytes/octets.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { certificatesOf } from '../../../src/smime/certificate.ts'
import { decrypt } from '../../../src/smime/decrypt.ts'
import { encrypt } from '../../../src/smime/encrypt.ts'
import { readPrivateKey } from '../../../src/smime/keys.ts'
import { decryptPart, verifyPart } from '../../../src/smime/message.ts'
import { decryptPkcs1, digestInSignature, encryptPkcs1, publicNumbers } from '../../../src/smime/rsa.ts'
import { sign } from '../../../src/smime/sign.ts'
import { entity, message, must, now, people, type People } from './people.ts'

let rsa: People
let ec: People
beforeAll(async () => {
  rsa = await people('RSA')
  ec = await people('EC')
})

describe('an encrypted message', () => {
  test('opens for each of its recipients, and for nobody else', async () => {
    const made = must(await encrypt(entity, { for: [rsa.bob.certificate, ec.bob.certificate] }))
    const { root } = parseMessage(message(made.entity))
    expect(root.parameter('smime-type')).toBe('enveloped-data')
    expect(root.parameter('name')).toBe('smime.p7m')
    expect(made.entity).not.toContain('caf')
    expect(await decryptPart(root, rsa.bob)).toEqual({ entity, cipher: 'aes-256-cbc', keyTransport: 'pkcs1' })
    expect(await decryptPart(root, ec.bob)).toEqual({ entity, cipher: 'aes-256-cbc', keyTransport: 'ecdh' })
    expect(await decryptPart(root, rsa.alice)).toEqual({ error: 'not-for-you' })
    expect(await decryptPart(root, ec.alice)).toEqual({ error: 'not-for-you' })
  })

  test('may carry any octets, none at all, and another cipher', async () => {
    const all = toOctets(Uint8Array.from({ length: 256 }, (_, octet) => octet)).repeat(100)
    for (const octets of ['', all])
      for (const keyTransport of ['pkcs1', 'oaep'] as const) {
        const options = { for: [rsa.bob.certificate], cipher: 'aes-128-cbc', keyTransport } as const
        const made = must(await encrypt(octets, options))
        expect(await decrypt(made.enveloped, rsa.bob)).toEqual({ entity: octets, cipher: 'aes-128-cbc', keyTransport })
      }
  })

  test('is another one each time', async () => {
    const twice = [1, 2].map(async () => must(await encrypt(entity, { for: [rsa.bob.certificate] })).enveloped)
    const [first, second] = await Promise.all(twice)
    expect(first).not.toBe(second)
  })

  test('may be signed inside', async () => {
    const signed = must(await sign(entity, { by: rsa.alice, now, boundary: 'b1' }))
    const made = must(await encrypt(signed.entity, { for: [rsa.bob.certificate] }))
    const opened = must(await decrypt(made.enveloped, rsa.bob))
    const { root } = parseMessage(opened.entity)
    const options = { authorities: [rsa.authority.certificate], at: now, from: ['alice@rennes.example'] }
    expect(await verifyPart(root, options)).toMatchObject({ outcome: 'good' })
  })

  test('says why it does not open, or cannot be made', async () => {
    const { enveloped } = must(await encrypt(entity, { for: [rsa.bob.certificate, ec.bob.certificate] }))
    const damaged = { error: 'damaged' }
    expect(await decrypt(enveloped, { ...rsa.bob, key: rsa.alice.key })).toEqual(damaged)
    expect(await decrypt(enveloped, { ...ec.bob, key: ec.alice.key })).toEqual(damaged)
    expect(await decrypt(enveloped, { ...rsa.bob, key: ec.bob.key })).toEqual(damaged)
    expect(await decrypt(enveloped, { ...rsa.bob, key: '' })).toEqual({ error: 'bad-identity' })
    expect(await decrypt('', rsa.bob)).toEqual(damaged)
    for (let cut = 0; cut < enveloped.length; cut += 31)
      expect(await decrypt(enveloped.slice(0, cut), rsa.bob)).toEqual(damaged)
    expect(await encrypt(entity, { for: [] })).toEqual({ refused: 'no-recipients' })
    expect(await encrypt(entity, { for: [rsa.bob.key] })).toEqual({ refused: 'bad-certificate' })
    // The key of an authority is for vouching, not for letters.
    expect(await encrypt(entity, { for: [rsa.authority.certificate] })).toEqual({ refused: 'bad-certificate' })
    expect(await encrypt(entity, { for: [ec.authority.certificate] })).toEqual({ refused: 'bad-certificate' })
  })

  test('whose octets were altered anywhere never throws', async () => {
    const { enveloped } = must(await encrypt(entity, { for: [ec.bob.certificate] }))
    for (let at = 0; at < enveloped.length; at++) {
      const octet = String.fromCharCode(enveloped.charCodeAt(at) ^ 1)
      const opened = await decrypt(enveloped.slice(0, at) + octet + enveloped.slice(at + 1), ec.bob)
      expect('entity' in opened || opened.error !== 'bad-identity').toBe(true)
    }
  }, 30_000)
})

describe('PKCS #1 version 1.5', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
  const setting = () => ({
    numbers: publicNumbers(certificatesOf([rsa.bob.certificate])[0]!)!,
    publicKey: createPublicKey(rsa.bob.certificate),
    privateKey: createPrivateKey(rsa.bob.key),
    pkcs8: readPrivateKey(rsa.bob.key)!.pkcs8,
  })

  test('what Node encrypts is decrypted', async () => {
    const { publicKey, pkcs8 } = setting()
    const encrypted = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, secret)
    expect(await decryptPkcs1(pkcs8, new Uint8Array(encrypted), 32)).toEqual(secret)
    expect(await decryptPkcs1(pkcs8, new Uint8Array(encrypted), 16)).toBeNull()
    expect(await decryptPkcs1(pkcs8, new Uint8Array(encrypted).slice(1), 32)).toBeNull()
  })

  test('what is encrypted has the block of the RFC, as Node sees it', () => {
    const { numbers, privateKey } = setting()
    const block = toOctets(
      privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encryptPkcs1(numbers, secret)),
    )
    expect(block).toHaveLength(256)
    expect(block).toMatch(/^\x00\x02[^\x00]{221}\x00/)
    expect(block.slice(-32)).toBe(toOctets(secret))
  })

  test('a block of any other form is none', async () => {
    const { publicKey, pkcs8 } = setting()
    const wrongs: ((block: Uint8Array) => void)[] = [
      (block) => (block[0] = 1),
      (block) => (block[1] = 1),
      (block) => (block[100] = 0),
      (block) => (block[223] = 1),
    ]
    for (const spoil of [() => {}, ...wrongs]) {
      const block = new Uint8Array(256).fill(7)
      block.set([0, 2])
      block[223] = 0
      block.set(secret, 224)
      spoil(block)
      const encrypted = publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block)
      const found = await decryptPkcs1(pkcs8, new Uint8Array(encrypted), 32)
      expect(found).toEqual(wrongs.includes(spoil) ? null : secret)
    }
  })

  test('octets that are no signature hold no digest', () => {
    const [certificate] = certificatesOf([rsa.bob.certificate])
    expect(digestInSignature(certificate!, new Uint8Array(256).fill(9), 32)).toBeNull()
    expect(digestInSignature(certificate!, new Uint8Array(3), 32)).toBeNull()
    expect(digestInSignature(certificatesOf([ec.bob.certificate])[0]!, new Uint8Array(256), 32)).toBeNull()
  })
})
