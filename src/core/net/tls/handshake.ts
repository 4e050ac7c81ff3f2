/**
 * The full TLS 1.3 handshake (RFC 8446 section 2), both sides of it:
 *
 *     ClientHello  ------>
 *                  <------  ServerHello {EncryptedExtensions} {Certificate} {CertificateVerify} {Finished}
 *     {Finished}   ------>
 *     [data]       <----->  [data]
 *
 * Whether somebody who is trusted vouches for the certificate is not asked here: mail between servers takes any rather
 * than none (RFC 7435), and `openssl s_client` says what it thinks of it.
 *
 * Keys come from the world's seeded randomness: the same journal has to give the same octets. So this protects nothing
 * outside the simulation, and need not: it is here to be seen on the wire.
 */
import type { Octets } from '../../bytes/octets.ts'
import { toBytes, toOctets } from '../../bytes/octets.ts'
import type { Random } from '../random.ts'
import { TlsAlert } from './alerts.ts'
import { IDS, readX509, type Identity, type X509 } from './certificate.ts'
import { agreed, shareOf, signature, verifies } from './curves.ts'
import { applicationSecrets, handshakeSecrets, type Secrets, transcriptHash, verifyData } from './keys.ts'
import {
  CERTIFICATE,
  CERTIFICATE_VERIFY,
  certificateMessage,
  certificateVerify,
  CLIENT_HELLO,
  clientHello,
  ENCRYPTED_EXTENSIONS,
  encryptedExtensions,
  FINISHED,
  message,
  readCertificate,
  readCertificateVerify,
  readClientHello,
  readServerHello,
  SERVER_HELLO,
  serverHello,
} from './messages.ts'

/** What the handshake needs of the record layer. */
export interface Records {
  /** Sends messages in one record. */
  say(messages: Octets): void
  writeUnder(secret: Uint8Array): void
  readUnder(secret: Uint8Array): void
  note(step: 'client-hello' | 'server-hello' | 'established', detail: string): void
  /** `chain`: what a client was shown. */
  established(chain: readonly Octets[]): void
}

export interface Handshake {
  start(): void
  /** One message of the far end: its type, its body, and the whole of it. */
  hear(type: number, body: Octets, whole: Octets): void
}

export const CIPHER = 'TLS_AES_128_GCM_SHA256'
const PARAMETERS = `TLS 1.3, ${CIPHER}, X25519`
/** 4.4.3. */
const SIGNED = `${' '.repeat(64)}TLS 1.3, server CertificateVerify\0`

export class ClientHandshake implements Handshake {
  private readonly records: Records
  private readonly name: string
  private readonly random: Random
  private readonly key: Octets
  private transcript: Octets = ''
  private expected = SERVER_HELLO
  private secrets: (Secrets & { handshake: Uint8Array }) | null = null
  private chain: readonly Octets[] = []
  private server: X509 | null = null

  constructor(records: Records, name: string, random: Random) {
    this.records = records
    this.name = name
    this.random = random
    this.key = random.octets(32)
  }

  start(): void {
    const hello = clientHello(this.random.octets(32), this.name, shareOf(this.key))
    this.transcript = hello
    this.records.note('client-hello', this.name)
    this.records.say(hello)
  }

  hear(type: number, body: Octets, whole: Octets): void {
    if (type !== this.expected) throw new TlsAlert('unexpected_message')
    const before = this.transcript
    this.transcript += whole
    switch (type) {
      case SERVER_HELLO:
        this.secrets = handshakeSecrets(agree(this.key, readServerHello(body)), transcriptHash(this.transcript))
        this.records.readUnder(this.secrets.server)
        this.expected = ENCRYPTED_EXTENSIONS
        break
      case ENCRYPTED_EXTENSIONS:
        this.expected = CERTIFICATE
        break
      case CERTIFICATE:
        this.chain = readCertificate(body)
        this.server = readX509(this.chain[0] ?? '')
        if (this.server?.keyAlgorithm !== IDS.ed25519) throw new TlsAlert('bad_certificate')
        this.expected = CERTIFICATE_VERIFY
        break
      case CERTIFICATE_VERIFY:
        if (!verifies(readCertificateVerify(body), signed(before), this.server!.key))
          throw new TlsAlert('decrypt_error')
        this.expected = FINISHED
        break
      case FINISHED:
        this.finish(body, before)
    }
  }

  private finish(heard: Octets, before: Octets): void {
    const { handshake, client, server } = this.secrets!
    if (heard !== toOctets(verifyData(server, transcriptHash(before)))) throw new TlsAlert('decrypt_error')
    const hash = transcriptHash(this.transcript)
    const application = applicationSecrets(handshake, hash)
    this.expected = -1
    this.records.writeUnder(client)
    this.records.note('established', `${PARAMETERS}, certificate of ${this.server!.subject.at(-1)?.[1]}`)
    this.records.say(message(FINISHED, toOctets(verifyData(client, hash))))
    this.records.writeUnder(application.client)
    this.records.readUnder(application.server)
    this.records.established(this.chain)
  }
}

export class ServerHandshake implements Handshake {
  private readonly records: Records
  private readonly random: Random
  /** The same for all connections of a host. */
  private readonly identity: Identity
  private transcript: Octets = ''
  private expected = CLIENT_HELLO
  private secrets: Secrets | null = null
  private readTraffic: Uint8Array | null = null

  constructor(records: Records, random: Random, identity: Identity) {
    this.records = records
    this.random = random
    this.identity = identity
  }

  start(): void {
    // The client speaks first.
  }

  hear(type: number, body: Octets, whole: Octets): void {
    if (type !== this.expected) throw new TlsAlert('unexpected_message')
    if (type === CLIENT_HELLO) this.answer(body, whole)
    else this.finish(body)
  }

  private answer(body: Octets, whole: Octets): void {
    const { records } = this
    const { session, share } = readClientHello(body)
    const key = this.random.octets(32)
    const shared = agree(key, share)
    const hello = serverHello(this.random.octets(32), session, shareOf(key))
    this.transcript = whole + hello
    const { handshake, client, server } = handshakeSecrets(shared, transcriptHash(this.transcript))
    records.note('server-hello', PARAMETERS)
    records.say(hello)
    records.writeUnder(server)
    const flight = this.flight(server)
    this.transcript += flight
    records.say(flight)
    const application = applicationSecrets(handshake, transcriptHash(this.transcript))
    records.writeUnder(application.server)
    records.readUnder(client)
    this.secrets = { client, server }
    this.readTraffic = application.client
    this.expected = FINISHED
  }

  /** EncryptedExtensions, Certificate, CertificateVerify and Finished. */
  private flight(secret: Uint8Array): Octets {
    const { signingKey, chain } = this.identity
    let flight = encryptedExtensions() + certificateMessage(chain)
    flight += certificateVerify(signature(signed(this.transcript + flight), signingKey))
    return flight + message(FINISHED, toOctets(verifyData(secret, transcriptHash(this.transcript + flight))))
  }

  private finish(heard: Octets): void {
    const right = verifyData(this.secrets!.client, transcriptHash(this.transcript))
    if (heard !== toOctets(right)) throw new TlsAlert('decrypt_error')
    this.expected = -1
    this.records.readUnder(this.readTraffic!)
    this.records.established([])
  }
}

/** A share that is no point, or one that gives nothing secret, is an illegal_parameter (7.4.2). */
function agree(key: Octets, share: Octets): Uint8Array {
  try {
    return toBytes(agreed(key, share))
  } catch {
    throw new TlsAlert('illegal_parameter')
  }
}

const signed = (transcript: Octets): Octets => SIGNED + toOctets(transcriptHash(transcript))
