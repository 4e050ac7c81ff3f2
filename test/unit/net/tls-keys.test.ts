/** The key schedule and the record protection, against the simple handshake of RFC 8448 section 3. */
import { x25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import { toOctets } from '../../../src/core/bytes/octets.ts'
import {
  applicationSecrets,
  handshakeSecrets,
  trafficKeys,
  transcriptHash,
  verifyData,
} from '../../../src/core/net/tls/keys.ts'
import { readClientHello, readServerHello } from '../../../src/core/net/tls/messages.ts'
import { APPLICATION_DATA, LONGEST_CONTENT, Protection } from '../../../src/core/net/tls/records.ts'

const bytes = (hex: string) => hexToBytes(hex.replace(/\s/g, ''))
const octets = (hex: string): Octets => toOctets(bytes(hex))

const CLIENT_HELLO = octets(`
  010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7000006130113031302010000910000000b0009
  000006736572766572ff01000100000a00140012001d0017001800190100010101020103010400230000003300260024001d002099381de560e4
  bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d0020001e040305030603020308040805080604010501
  060102010402050206020202002d00020101001c00024001`)
const SERVER_HELLO = octets(`
  020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e00330024001d0020c9828876112095
  fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304`)
const ENCRYPTED_EXTENSIONS = octets(`
  080000240022000a00140012001d00170018001901000101010201030104001c0002400100000000`)
const CERTIFICATE = octets(`
  0b0001b9000001b50001b0308201ac30820115a003020102020102300d06092a864886f70d01010b0500300e310c300a06035504031303727361
  301e170d3136303733303031323335395a170d3236303733303031323335395a300e310c300a0603550403130372736130819f300d06092a8648
  86f70d010101050003818d0030818902818100b4bb498f8279303d980836399b36c6988c0c68de55e1bdb826d3901a2461eafd2de49a91d015
  abbc9a95137ace6c1af19eaa6af98c7ced43120998e187a80ee0ccb0524b1b018c3e0b63264d449a6d38e22a5fda430846748030530ef0461c8c
  a9d9efbfae8ea6d1d03e2bd193eff0ab9a8002c47428a6d35a8d88d79f7f1e3f0203010001a31a301830090603551d1304023000300b0603551d
  0f0404030205a0300d06092a864886f70d01010b05000381810085aad2a0e5b9276b908c65f73a7267170618a54c5f8a7b337d2df7a5943654
  17f2eae8f8a58c8f8172f9319cf36b7fd6c55b80f21a03015156726096fd335e5e67f2dbf102702e608ccae6bec1fc63a42a99be5c3eb7107c3c
  54e9b9eb2bd5203b1c3b84e0a8b2f759409ba3eac9d91d402dcc0cc8f8961229ac9187b42b4de10000`)
const CERTIFICATE_VERIFY = octets(`
  0f000084080400805a747c5d88fa9bd2e55ab085a61015b7211f824cd484145ab3ff52f1fda8477b0b7abc90db78e2d33a5c141a078653fa6bef
  780c5ea248eeaaa785c4f394cab6d30bbe8d4859ee511f602957b15411ac027671459e46445c9ea58c181e818e95b8c3fb0bf3278409d3be152a
  3da5043e063dda65cdf5aea20d53dfacd42f74f3`)
const SERVER_FINISHED = '9b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718'
const CLIENT_FINISHED = 'a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61'

describe('the key schedule', () => {
  const privateKey = bytes('b1580eeadf6dd589b8ef4f2d5652578cc810e9980191ec8d058308cea216a21e')
  const shared = x25519.getSharedSecret(
    privateKey,
    bytes('99381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c'),
  )
  const hellos = transcriptHash(CLIENT_HELLO + SERVER_HELLO)
  const secrets = handshakeSecrets(shared, hellos)
  const upToVerify = CLIENT_HELLO + SERVER_HELLO + ENCRYPTED_EXTENSIONS + CERTIFICATE + CERTIFICATE_VERIFY
  const upToFinished = transcriptHash(`${upToVerify}${octets('14000020')}${octets(SERVER_FINISHED)}`)

  it('reads the shares out of both Hellos', () => {
    expect(bytesToHex(shared)).toBe('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d')
    const { share } = readClientHello(CLIENT_HELLO.slice(4))
    expect(share).toBe(octets('99381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c'))
    const ours = octets('c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f')
    expect(readServerHello(SERVER_HELLO.slice(4))).toBe(ours)
  })

  it('derives the handshake secrets and keys', () => {
    expect(bytesToHex(hellos)).toBe('860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8')
    expect(bytesToHex(secrets.handshake)).toBe('1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac')
    expect(bytesToHex(secrets.client)).toBe('b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21')
    expect(bytesToHex(secrets.server)).toBe('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38')
    const { key, iv } = trafficKeys(secrets.server)
    expect(bytesToHex(key)).toBe('3fce516009c21727d0f2e4e86ee403bc')
    expect(bytesToHex(iv)).toBe('5d313eb2671276ee13000b30')
  })

  it('computes what both Finished messages say', () => {
    expect(bytesToHex(verifyData(secrets.server, transcriptHash(upToVerify)))).toBe(SERVER_FINISHED)
    expect(bytesToHex(verifyData(secrets.client, upToFinished))).toBe(CLIENT_FINISHED)
  })

  it('derives the application secrets, and seals the record of the trace', () => {
    const { client, server } = applicationSecrets(secrets.handshake, upToFinished)
    expect(bytesToHex(client)).toBe('9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5')
    expect(bytesToHex(server)).toBe('a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643')
    const content = String.fromCharCode(...Array.from({ length: 50 }, (_, at) => at))
    const sealed = octets(`
      1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a20441e2b62974e1f5a6292a2977014
      bd1e3deae63aeebb21694915e4`)
    expect(new Protection(client).seal(APPLICATION_DATA, content)).toBe(sealed)
    expect(new Protection(client).open(sealed.slice(5))).toEqual({ type: APPLICATION_DATA, content })
  })
})

describe('record protection', () => {
  const secret = bytes('9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5')

  it('goes there and back, record after record', () => {
    const [writing, reading] = [new Protection(secret), new Protection(secret)]
    for (const content of ['', 'a', '\0\0', 'x'.repeat(LONGEST_CONTENT), '\xff'.repeat(300)]) {
      const sealed = writing.seal(APPLICATION_DATA, content)
      expect(reading.open(sealed.slice(5))).toEqual({ type: APPLICATION_DATA, content })
    }
  })

  it('never seals the same in the same way, and opens nothing out of its turn', () => {
    const writing = new Protection(secret)
    const [first, second] = [writing.seal(APPLICATION_DATA, 'x'), writing.seal(APPLICATION_DATA, 'x')]
    expect(first).not.toBe(second)
    expect(new Protection(secret).open(second.slice(5))).toBeNull()
  })

  it('notices each changed octet', () => {
    const sealed = new Protection(secret).seal(APPLICATION_DATA, 'MAIL').slice(5)
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + String.fromCharCode(sealed.charCodeAt(at) ^ 1) + sealed.slice(at + 1)
      expect(new Protection(secret).open(changed)).toBeNull()
    }
    expect(new Protection(secret).open('')).toBeNull()
  })
})
