import { describe, expect, it } from 'vitest'
import { hmacMd5Hex, md5Hex, sha256Hex } from '../../../src/core/bytes/hashes.ts'

describe('md5Hex', () => {
  /** RFC 1321 appendix A.5. */
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
    ['1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
  ])('of %j', (octets, digest) => {
    expect(md5Hex(octets)).toBe(digest)
  })

  it('gives the APOP digests of RFC 1939 section 7 and of a course', () => {
    expect(md5Hex('<1896.697170952@dbc.mtview.ca.us>tanstaaf')).toBe('c4c9334bac560ecc979e58001b3e22fb')
    expect(md5Hex('<2ea91e.1037815512000@mel-pop6.wanadoo.fr>mot_passe')).toBe('e7a0a8acb857d0b1e99c4a9974c00d0d')
  })
})

describe('hmacMd5Hex', () => {
  it('gives the CRAM-MD5 digest of RFC 2195 section 2', () => {
    expect(hmacMd5Hex('tanstaaftanstaaf', '<1896.697170952@postoffice.reston.mci.net>')).toBe(
      'b913a602c7eda7a495b4e6e7334d3890',
    )
  })

  it('takes keys of any octets and length (RFC 2202 section 2)', () => {
    expect(hmacMd5Hex('\xaa'.repeat(16), '\xdd'.repeat(50))).toBe('56be34521d144c88dbb8c733f0e8b3f6')
    expect(hmacMd5Hex('\xaa'.repeat(80), 'Test Using Larger Than Block-Size Key - Hash Key First')).toBe(
      '6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd',
    )
  })
})

describe('sha256Hex', () => {
  /** FIPS 180-2 appendix B. */
  it('gives the digests of the standard', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256Hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    )
  })
})
