import { describe, expect, test } from 'vitest'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { layoutOf } from '../../../src/smime/layout.ts'
import { certificatesIn } from '../../../src/smime/message.ts'
import { outcomes } from '../../../src/smime/verify.ts'
import { isKey } from '../../../src/texts/index.ts'
import '../../../src/texts/later.ts'

const layout = (...lines: string[]) => layoutOf(parseMessage(lines.join('\r\n')).root)

/** RFC 3156 section 4, with its last line of base64 left out. */
const pgpEncrypted = [
  'From: Michael Elkins <elkins@aero.org>',
  'To: Michael Elkins <elkins@aero.org>',
  'Mime-Version: 1.0',
  'Content-Type: multipart/encrypted; boundary=foo;',
  '   protocol="application/pgp-encrypted"',
  '',
  '--foo',
  'Content-Type: application/pgp-encrypted',
  '',
  'Version: 1',
  '',
  '--foo',
  'Content-Type: application/octet-stream',
  '',
  '-----BEGIN PGP MESSAGE-----',
  'Version: 2.6.2',
  '',
  'hIwDY32hYGCE8MkBA/wOu7d45aUxF4Q0RKJprD3v5Z9K1YcRJ2fve87lMlDlx4Oj',
  '-----END PGP MESSAGE-----',
  '',
  '--foo--',
  '',
]

/** RFC 3156 section 5, shortened. */
const pgpSigned = [
  'From: Michael Elkins <elkins@aero.org>',
  'Mime-Version: 1.0',
  'Content-Type: multipart/signed; boundary=bar; micalg=pgp-md5;',
  '  protocol="application/pgp-signature"',
  '',
  '--bar',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '=A1Hola!',
  '',
  '--bar',
  'Content-Type: application/pgp-signature',
  '',
  '-----BEGIN PGP MESSAGE-----',
  'iQCVAwUBMJrRF2N9oWBghPDJAQE9UQQAtl7LuRVndBjrk4EqYBIb3h5QXIX/LC//',
  '-----END PGP MESSAGE-----',
  '',
  '--bar--',
]

describe('the layout', () => {
  test('of PGP’s messages in RFC 3156 is as it should be', () => {
    expect(layout(...pgpEncrypted)).toEqual({
      form: 'pgp-encrypted',
      protocol: 'application/pgp-encrypted',
      micalg: null,
      troubles: [],
    })
    expect(layout(...pgpSigned)).toEqual({
      form: 'pgp-signed',
      protocol: 'application/pgp-signature',
      micalg: 'pgp-md5',
      troubles: [],
    })
  })

  test('says what is missing', () => {
    const troubles = (change: (text: string) => string, of = pgpEncrypted) => layout(change(of.join('\r\n')))?.troubles
    expect(troubles((text) => text.replace('Version: 1\r\n', 'Version: 2\r\n'))).toEqual(['no-version'])
    expect(troubles((text) => text.replace('octet-stream', 'pdf'))).toEqual(['not-octet-stream'])
    expect(troubles((text) => text.replace(/;\r\n {3}protocol=.*/, ''))).toEqual(['no-protocol'])
    expect(troubles((text) => text.replace('Content-Type: application/pgp-encrypted', ''))).toEqual([
      'not-the-protocol',
    ])
    expect(troubles((text) => text.replace('boundary=foo;', 'border=foo;'))).toEqual(['no-boundary', 'not-two-parts'])
    expect(troubles((text) => text.replace('micalg=pgp-md5;', ''), pgpSigned)).toEqual(['no-micalg'])
    expect(troubles((text) => text.replace(/protocol=".*"/, 'x=y'), pgpSigned)).toEqual(['no-protocol'])
    expect(troubles((text) => text.replace('--bar--', '--bar\r\n\r\nmore\r\n--bar--'), pgpSigned)).toEqual([
      'not-two-parts',
    ])
    expect(
      troubles((text) => text.replace('Content-Type: application/pgp-s', 'Content-Type: application/s'), pgpSigned),
    ).toEqual(['not-the-protocol'])
  })

  test('of other protocols is not known', () => {
    const signed = pgpSigned.map((line) => line.replace('application/pgp-signature', 'application/moss-signature'))
    expect(layout(...signed)).toMatchObject({ form: 'unknown', troubles: [] })
    const encrypted = pgpEncrypted.map((line) => line.replace('application/pgp-encrypted', 'application/moss-keys'))
    expect(layout(...encrypted)).toMatchObject({ form: 'unknown', troubles: [] })
  })

  test('of application/pkcs7-mime says what is inside, or else what it says itself', () => {
    // A SignedData with no signer and no certificate: 30 [contentType, [0] { version 1, {}, { data }, {} }].
    const empty = 'MCMGCSqGSIb3DQEHAqAWMBQCAQExADALBgkqhkiG9w0BBwExAA=='
    const head = ['MIME-Version: 1.0', 'Content-Transfer-Encoding: base64']
    const certificates = [...head, 'Content-Type: application/x-pkcs7-mime; smime-type=signed-data', '', empty]
    expect(layout(...certificates)).toMatchObject({ form: 'smime-certs-only', troubles: [] })
    expect(certificatesIn(parseMessage(certificates.join('\r\n')).root)).toEqual([])
    const unreadable = (type: string) => layout(...head, `Content-Type: application/pkcs7-mime${type}`, '', 'AAAA')
    expect(unreadable('; smime-type=Enveloped-Data')).toMatchObject({
      form: 'smime-enveloped-data',
      troubles: ['unreadable'],
    })
    expect(unreadable('; smime-type=toString')).toMatchObject({ form: 'unknown', troubles: ['unreadable'] })
    expect(unreadable('')).toMatchObject({ form: 'unknown', troubles: ['unreadable'] })
  })

  test('of all other parts is none', () => {
    expect(layout('Content-Type: text/plain', '', 'a')).toBeNull()
    expect(layout('Content-Type: multipart/mixed; boundary=a', '', '--a--')).toBeNull()
    expect(layout('')).toBeNull()
  })
})

test('every outcome has its words', () => {
  expect(outcomes.filter((outcome) => !isKey(`smime.outcome.${outcome}`))).toEqual([])
})
