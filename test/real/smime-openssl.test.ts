/**
 * S/MIME beside openssl, where it is installed: each verifies and opens what the other has made. (Without it,
 * test/unit/smime says the same of our own.)
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseMessage } from '../../src/core/message/mime/parse.ts'
import { type Identity, issue, makeAuthority } from '../../src/smime/authority.ts'
import { readCertificate } from '../../src/smime/certificate.ts'
import { encrypt } from '../../src/smime/encrypt.ts'
import { decryptPart, verifyPart } from '../../src/smime/message.ts'
import { sign } from '../../src/smime/sign.ts'

const program = 'openssl'
const available = spawnSync(program, ['version']).status === 0

const entity = [
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Le caf=E9 est pr=EAt.',
  '',
  '  Alice ',
  '',
].join('\r\n')

describe('the entity of these tests', () => {
  test('is canonical', () => {
    expect(entity.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
})

if (available)
  describe('beside openssl', () => {
    const folder = mkdtempSync(join(tmpdir(), 'facteur-smime-'))
    const file = (name: string) => join(folder, name)
    const write = (name: string, octets: string) => {
      writeFileSync(file(name), octets, 'latin1')
      return file(name)
    }
    const openssl = (...given: string[]) =>
      execFileSync(program, given, { cwd: folder, encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'] })
    const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')
    const now = Date.now()

    interface World {
      authority: Identity
      alice: Identity
      bob: Identity
    }
    const ours = {} as Record<'RSA' | 'EC', World>
    const theirs = {} as Record<'RSA' | 'EC', World>

    const made = async (identity: Promise<Identity | { refused: string }>) => {
      const one = await identity
      if ('refused' in one) throw new Error(one.refused)
      return one
    }

    beforeAll(async () => {
      for (const algorithm of ['RSA', 'EC'] as const) {
        const authority = await makeAuthority({ name: 'Autorité de Rennes', now, algorithm })
        const person = (name: string) =>
          made(issue(authority, { name, address: `${name.toLowerCase()}@rennes.example`, now, algorithm }))
        ours[algorithm] = { authority, alice: await person('Alice'), bob: await person('Bob') }
        theirs[algorithm] = opensslWorld(algorithm)
        for (const [from, world] of Object.entries({ ours: ours[algorithm], theirs: theirs[algorithm] }))
          for (const [name, { certificate, key }] of Object.entries(world as unknown as Record<string, Identity>)) {
            write(`${from}-${algorithm}-${name}.pem`, certificate)
            write(`${from}-${algorithm}-${name}.key`, key)
          }
      }
    })
    afterAll(() => {
      rmSync(folder, { recursive: true })
    })

    function opensslWorld(algorithm: 'RSA' | 'EC'): World {
      const newKey =
        algorithm === 'RSA' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
      const identity = (name: string): Identity => ({
        certificate: readFileSync(file(`${name}.crt`), 'latin1'),
        key: readFileSync(file(`${name}.key`), 'latin1'),
      })
      openssl(
        ...['req', '-x509', ...newKey, '-nodes', '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '30'],
        ...['-subj', '/C=FR/O=IFSIC/CN=CA', '-addext', 'keyUsage=critical,keyCertSign'],
      )
      const person = (name: string) => {
        const usage = algorithm === 'RSA' ? 'digitalSignature,keyEncipherment' : 'digitalSignature,keyAgreement'
        write(
          'ext',
          `basicConstraints=CA:FALSE\nkeyUsage=critical,${usage}\nextendedKeyUsage=emailProtection\nsubjectAltName=email:${name}@rennes.example\n`,
        )
        openssl(
          ...[
            'req',
            ...newKey,
            '-nodes',
            '-keyout',
            `${name}.key`,
            '-out',
            `${name}.csr`,
            '-subj',
            `/O=IFSIC/CN=${name}`,
          ],
        )
        openssl(
          ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
          ...['-out', `${name}.crt`, '-days', '30', '-extfile', 'ext'],
        )
        return identity(name)
      }
      return { authority: identity('ca'), alice: person('alice'), bob: person('bob') }
    }

    const message = (protectedEntity: string, from = 'alice@rennes.example') =>
      `From: Alice <${from}>\r\nTo: bob@rennes.example\r\nSubject: caf\r\nMIME-Version: 1.0\r\n${protectedEntity}`

    const check = (source: string, { authority }: World, from?: string) =>
      verifyPart(parseMessage(message(source, from)).root, { authorities: [authority.certificate], at: now + 60_000 })

    describe.each(['RSA', 'EC'] as const)('%s', (algorithm) => {
      test('our certificates are good certificates', () => {
        expect(
          openssl(
            'verify',
            '-x509_strict',
            '-purpose',
            'smimesign',
            '-CAfile',
            `ours-${algorithm}-authority.pem`,
            `ours-${algorithm}-alice.pem`,
          ),
        ).toContain('alice.pem: OK')
        const said = openssl(
          ...[
            'x509',
            '-in',
            `ours-${algorithm}-alice.pem`,
            '-noout',
            '-fingerprint',
            '-sha256',
            '-serial',
            '-email',
            '-enddate',
          ],
        )
        const info = readCertificate(ours[algorithm].alice.certificate)!
        expect(said.replaceAll(':', '').toLowerCase()).toContain(info.fingerprint)
        expect(said.toLowerCase()).toContain(`serial=${info.serial}`)
        expect(said).toContain('alice@rennes.example')
        expect(Date.parse(/notAfter=(.*)/.exec(said)![1]!)).toBe(info.until)
      })

      test('we read its certificates', () => {
        const info = readCertificate(theirs[algorithm].authority.certificate)!
        expect(info).toMatchObject({
          subject: 'C=FR, O=IFSIC, CN=CA',
          issuer: info.subject,
          authority: true,
          addresses: [],
        })
        expect(info.algorithm).toBe(algorithm === 'RSA' ? 'RSA 2048' : 'EC P-256')
        expect(readCertificate(theirs[algorithm].bob.certificate)).toMatchObject({
          subject: 'O=IFSIC, CN=bob',
          addresses: ['bob@rennes.example'],
          authority: false,
        })
        const said = openssl('x509', '-in', `theirs-${algorithm}-authority.pem`, '-noout', '-fingerprint', '-sha256')
        expect(said.replaceAll(':', '').toLowerCase()).toContain(info.fingerprint)
      })

      test.each(['detached', 'opaque'] as const)('it verifies what we sign, %s', async (form) => {
        for (const [from, { alice }] of Object.entries({ ours: ours[algorithm], theirs: theirs[algorithm] })) {
          const signed = await sign(entity, { by: alice, now, boundary: 'b1', form })
          if ('refused' in signed) throw new Error(signed.refused)
          for (const tool of algorithm === 'RSA' ? ['smime', 'cms'] : ['cms']) {
            const verified = openssl(
              ...[tool, '-verify', '-in', write('signed', message(signed.entity))],
              ...['-CAfile', `${from}-${algorithm}-authority.pem`],
            )
            expect(crlf(verified)).toBe(entity)
            const altered = message(signed.entity).replace('pr=EAt', 'pr=E9t')
            if (form === 'detached')
              expect(() =>
                openssl(
                  tool,
                  '-verify',
                  '-in',
                  write('altered', altered),
                  '-CAfile',
                  `${from}-${algorithm}-authority.pem`,
                ),
              ).toThrow(/digest failure|verification failure/)
          }
        }
      })

      test('we verify what it signs, and see an altered octet', async () => {
        const forms = [
          ['cms', '-md', 'sha256'],
          ['cms', '-md', 'sha512', '-keyid'],
          ['cms', '-nodetach'],
          ['cms', '-nodetach', '-stream', '-noattr'],
          ...(algorithm === 'RSA'
            ? [['smime'], ['smime', '-md', 'sha384'], ['smime', '-nodetach'], ['smime', '-noattr']]
            : []),
          ...(algorithm === 'RSA' ? [['cms', '-keyopt', 'rsa_padding_mode:pss']] : []),
        ]
        const signer = ['-signer', `theirs-${algorithm}-alice.pem`, '-inkey', `theirs-${algorithm}-alice.key`]
        for (const [tool, ...options] of forms) {
          // `-keyopt` belongs to the signer before it.
          const keyopt = options.includes('-keyopt')
          const signed = crlf(
            openssl(
              ...[
                tool!,
                '-sign',
                '-in',
                write('entity', entity),
                ...(keyopt ? [...signer, ...options] : [...options, ...signer]),
              ],
            ),
          )
          const label = [tool, ...options].join(' ')
          const found = await check(signed, theirs[algorithm])
          expect([label, found?.outcome]).toEqual([label, 'good'])
          expect(found?.layout.troubles).toEqual([])
          expect(found?.computed).toBe(
            options.includes('-noattr') && algorithm === 'EC' ? found?.computed : found?.signed,
          )
          if (options.includes('-nodetach')) expect(found?.content).toBe(entity)
          else {
            expect(signed).toContain('pr=EAt')
            const altered = await check(signed.replace('pr=EAt', 'pr=E9t'), theirs[algorithm])
            expect([label, altered?.outcome]).toEqual([label, 'altered'])
            expect(altered?.computed).not.toBe(altered?.signed)
            expect(altered?.signed).toBe(found?.signed)
          }
          expect((await check(signed, ours[algorithm]))?.outcome).toBe('unknown-signer')
          expect((await check(signed, theirs[algorithm], 'mallory@rennes.example'))?.outcome).toBe('other-sender')
        }
      })

      test('it opens what we encrypt', async () => {
        for (const cipher of ['aes-128-cbc', 'aes-256-cbc'] as const)
          for (const keyTransport of ['pkcs1', 'oaep'] as const) {
            const { alice, bob } = ours[algorithm]
            const encrypted = await encrypt(entity, { for: [alice.certificate, bob.certificate], cipher, keyTransport })
            if ('refused' in encrypted) throw new Error(encrypted.refused)
            const source = write('encrypted', message(encrypted.entity))
            for (const tool of algorithm === 'RSA' && keyTransport === 'pkcs1' ? ['smime', 'cms'] : ['cms'])
              expect(
                openssl(
                  ...[tool, '-decrypt', '-in', source, '-recip', `ours-${algorithm}-bob.pem`],
                  ...['-inkey', `ours-${algorithm}-bob.key`],
                ),
              ).toBe(entity)
          }
      })

      test('we open what it encrypts', async () => {
        const forms = [
          ['cms', '-aes128'],
          ['cms', '-aes192', '-keyid'],
          ['cms', '-aes256'],
          ...(algorithm === 'RSA'
            ? [['smime'], ['smime', '-des3'], ['smime', '-aes128'], ['smime', '-aes256'], ['cms', '-des3']]
            : []),
        ]
        for (const [tool, ...options] of forms) {
          const label = [tool, ...options].join(' ')
          const encrypted = crlf(
            openssl(tool!, '-encrypt', '-in', write('entity', entity), ...options, `theirs-${algorithm}-bob.pem`),
          )
          const { root } = parseMessage(message(encrypted))
          const opened = await decryptPart(root, theirs[algorithm].bob)
          expect([label, opened]).toMatchObject([label, { entity }])
          expect(await decryptPart(root, theirs[algorithm].alice)).toEqual({ error: 'not-for-you' })
        }
        for (const keyopt of algorithm === 'RSA'
          ? [['rsa_padding_mode:oaep'], ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256']]
          : [['ecdh_kdf_md:sha256'], ['ecdh_kdf_md:sha384']]) {
          const encrypted = openssl(
            ...['cms', '-encrypt', '-in', write('entity', entity), '-aes256', '-recip', `theirs-${algorithm}-bob.pem`],
            ...keyopt.flatMap((option) => ['-keyopt', option]),
          )
          const opened = await decryptPart(parseMessage(message(crlf(encrypted))).root, theirs[algorithm].bob)
          expect([keyopt, opened]).toMatchObject([keyopt, { entity, cipher: 'aes-256-cbc' }])
        }
      })

      test('its older forms of a private key are read', async () => {
        const traditional = openssl('pkey', '-in', `theirs-${algorithm}-alice.key`, '-traditional')
        expect(traditional).toContain(`BEGIN ${algorithm} PRIVATE KEY`)
        const by = { ...theirs[algorithm].alice, key: traditional }
        const signed = await sign(entity, { by, now, boundary: 'b1' })
        if ('refused' in signed) throw new Error(signed.refused)
        expect((await check(signed.entity, theirs[algorithm]))?.outcome).toBe('good')
      })
    })
  })
