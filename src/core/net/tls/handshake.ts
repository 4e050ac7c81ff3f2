/**
 * The full TLS 1.3 handshake (RFC 8446 section 2), both sides of it:
 *
 *     ClientHello  ------>
 *                  <------  ServerHello {EncryptedExtensions} {Certificate} {CertificateVerify} {Finished}
 *     {Finished}   ------>
 *     [data]       <----->  [data]
 *
 * Keys come from the world's seeded randomness: the same journal has to give the same octets. So this protects nothing
 * outside the simulation, and need not: it is here to be seen on the wire.
 */
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import type { Octets } from '../../bytes/octets.ts'
import { toBytes, toOctets } from '../../bytes/octets.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import type { Random } from '../random.ts'
import { TlsAlert } from './alerts.ts'
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
  established(): void
}

export interface Handshake {
  start(): void
  /** One message of the far end: its type, its body, and the whole of it. */
  hear(type: number, body: Octets, whole: Octets): void
}

const PARAMETERS = 'TLS 1.3, TLS_AES_128_GCM_SHA256, X25519'
/** 4.4.3. */
const SIGNED = `${' '.repeat(64)}TLS 1.3, server CertificateVerify\0`

export class ClientHandshake implements Handshake {
  private readonly records: Records
  private readonly name: string
  private readonly random: Random
  private readonly key: Uint8Array
  private transcript: Octets = ''
  private expected = SERVER_HELLO
  private secrets: (Secrets & { handshake: Uint8Array }) | null = null
  private server = { name: '', key: '' }

  constructor(records: Records, name: string, random: Random) {
    this.records = records
    this.name = name
    this.random = random
    this.key = toBytes(random.octets(32))
  }

  start(): void {
    const hello = clientHello(this.random.octets(32), this.name, toOctets(x25519.getPublicKey(this.key)))
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
        this.server = readCertificate(body)
        this.expected = CERTIFICATE_VERIFY
        break
      case CERTIFICATE_VERIFY:
        if (!signatureHolds(readCertificateVerify(body), before, this.server.key)) throw new TlsAlert('decrypt_error')
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
    this.records.note('established', `${PARAMETERS}, certificate of ${this.server.name}`)
    this.records.say(message(FINISHED, toOctets(verifyData(client, hash))))
    this.records.writeUnder(application.client)
    this.records.readUnder(application.server)
    this.records.established()
  }
}

export class ServerHandshake implements Handshake {
  private readonly records: Records
  private readonly name: string
  private readonly random: Random
  /** The same for all connections of a host: it is what its certificate names. */
  private readonly signingKey: Octets
  private transcript: Octets = ''
  private expected = CLIENT_HELLO
  private secrets: Secrets | null = null
  private readTraffic: Uint8Array | null = null

  constructor(records: Records, name: string, random: Random, signingKey: Octets) {
    this.records = records
    this.name = name
    this.random = random
    this.signingKey = signingKey
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
    const key = toBytes(this.random.octets(32))
    const shared = agree(key, share)
    const hello = serverHello(this.random.octets(32), session, toOctets(x25519.getPublicKey(key)))
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
    const signingKey = toBytes(this.signingKey)
    const certificate = { name: utf8Octets(this.name), key: toOctets(ed25519.getPublicKey(signingKey)) }
    let flight = encryptedExtensions() + certificateMessage(certificate)
    flight += certificateVerify(toOctets(ed25519.sign(signed(this.transcript + flight), signingKey)))
    return flight + message(FINISHED, toOctets(verifyData(secret, transcriptHash(this.transcript + flight))))
  }

  private finish(heard: Octets): void {
    const right = verifyData(this.secrets!.client, transcriptHash(this.transcript))
    if (heard !== toOctets(right)) throw new TlsAlert('decrypt_error')
    this.expected = -1
    this.records.readUnder(this.readTraffic!)
    this.records.established()
  }
}

/** A share that is no point, or one that gives nothing secret, is an illegal_parameter (7.4.2). */
function agree(key: Uint8Array, share: Octets): Uint8Array {
  try {
    return x25519.getSharedSecret(key, toBytes(share))
  } catch {
    throw new TlsAlert('illegal_parameter')
  }
}

const signed = (transcript: Octets): Uint8Array => toBytes(SIGNED + toOctets(transcriptHash(transcript)))

function signatureHolds(signature: Octets, transcript: Octets, key: Octets): boolean {
  try {
    return ed25519.verify(toBytes(signature), signed(transcript), toBytes(key))
  } catch {
    return false
  }
}
