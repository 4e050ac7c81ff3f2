import { createCipheriv, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decryptTripleDes } from '../../../src/smime/triple-des.ts'

/** Bytes that look like chance and are the same every time. */
const some = (seed: string, length: number) =>
  new Uint8Array(Buffer.concat(Array.from({ length: Math.ceil(length / 32) }, (_, at) => hash(`${seed} ${at}`)))).slice(
    0,
    length,
  )
const hash = (text: string) => createHash('sha256').update(text).digest()

function encrypted(key: Uint8Array, iv: Uint8Array, plain: Uint8Array) {
  const cipher = createCipheriv('des-ede3-cbc', key, iv)
  return new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]))
}

test('what Node encrypts with triple DES is decrypted, at any length', () => {
  for (const length of [0, 1, 7, 8, 9, 63, 64, 1000]) {
    const [key, iv, plain] = [some(`key ${length}`, 24), some(`iv ${length}`, 8), some(`text ${length}`, length)]
    expect(decryptTripleDes(key, iv, encrypted(key, iv, plain))).toEqual(plain)
  }
})

test('a wrong padding, a cut block, a key of another length are no text', () => {
  const [key, iv] = [some('key', 24), some('iv', 8)]
  const whole = encrypted(key, iv, some('text', 20))
  expect(decryptTripleDes(key, iv, whole.slice(0, 16))).toBeNull()
  expect(decryptTripleDes(key, iv, whole.slice(0, 23))).toBeNull()
  expect(decryptTripleDes(key, iv, whole.slice(0, 0))).toBeNull()
  expect(decryptTripleDes(key.slice(0, 16), iv, whole)).toBeNull()
  expect(decryptTripleDes(key, iv.slice(0, 7), whole)).toBeNull()
})
