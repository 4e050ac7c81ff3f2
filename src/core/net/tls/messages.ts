/** Handshake messages as they are written (RFC 8446 section 4): those few that a full handshake needs. */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import { TlsAlert } from './alerts.ts'

export const CLIENT_HELLO = 1
export const SERVER_HELLO = 2
export const ENCRYPTED_EXTENSIONS = 8
export const CERTIFICATE = 11
export const CERTIFICATE_VERIFY = 15
export const FINISHED = 20

const SERVER_NAME = 0
const SUPPORTED_GROUPS = 10
const SIGNATURE_ALGORITHMS = 13
const SUPPORTED_VERSIONS = 43
const KEY_SHARE = 51

const LEGACY_VERSION = '\x03\x03'
const TLS_1_3 = 0x0304
const TLS_AES_128_GCM_SHA256 = 0x1301
const X25519 = 0x001d
const ED25519 = 0x0807

const u16 = (n: number): Octets => String.fromCharCode(n >> 8, n & 255)
const u24 = (n: number): Octets => String.fromCharCode(n >> 16) + u16(n & 0xffff)
/** Vectors (3.4): their length before them, in one, two or three octets. */
export const vector8 = (octets: Octets): Octets => String.fromCharCode(octets.length) + octets
const vector16 = (octets: Octets): Octets => u16(octets.length) + octets
const vector24 = (octets: Octets): Octets => u24(octets.length) + octets

export const message = (type: number, body: Octets): Octets => String.fromCharCode(type) + vector24(body)
const extension = (type: number, body: Octets): Octets => u16(type) + vector16(body)
const keyShare = (share: Octets): Octets => u16(X25519) + vector16(share)

export function clientHello(random: Octets, name: string, share: Octets): Octets {
  const serverName = vector16(`\x00${vector16(utf8Octets(name))}`)
  const extensions =
    (name === '' ? '' : extension(SERVER_NAME, serverName)) +
    extension(SUPPORTED_GROUPS, vector16(u16(X25519))) +
    extension(SIGNATURE_ALGORITHMS, vector16(u16(ED25519))) +
    extension(SUPPORTED_VERSIONS, vector8(u16(TLS_1_3))) +
    extension(KEY_SHARE, vector16(keyShare(share)))
  const suites = vector16(u16(TLS_AES_128_GCM_SHA256))
  const noCompression = vector8('\x00')
  return message(CLIENT_HELLO, LEGACY_VERSION + random + vector8('') + suites + noCompression + vector16(extensions))
}

export interface HeardClientHello {
  /** To be repeated. */
  session: Octets
  share: Octets
}

export function readClientHello(body: Octets): HeardClientHello {
  const reader = new Reader(body)
  reader.take(2 + 32)
  const session = reader.vector(1)
  const suites = reader.vector(2)
  reader.vector(1)
  const extensions = readExtensions(reader)
  const versions = new Reader(extensions.get(SUPPORTED_VERSIONS) ?? vector8('')).vector(1)
  if (!includes16(versions, TLS_1_3)) throw new TlsAlert('protocol_version')
  if (!includes16(suites, TLS_AES_128_GCM_SHA256)) throw new TlsAlert('handshake_failure')
  const offered = extensions.get(KEY_SHARE)
  if (offered === undefined) throw new TlsAlert('missing_extension')
  const shares = new Reader(new Reader(offered).vector(2))
  while (!shares.ended()) {
    const group = shares.number(2)
    const share = shares.vector(2)
    if (group === X25519) return { session, share }
  }
  throw new TlsAlert('handshake_failure')
}

export function serverHello(random: Octets, session: Octets, share: Octets): Octets {
  const extensions = extension(SUPPORTED_VERSIONS, u16(TLS_1_3)) + extension(KEY_SHARE, keyShare(share))
  const chosen = `${u16(TLS_AES_128_GCM_SHA256)}\x00`
  return message(SERVER_HELLO, LEGACY_VERSION + random + vector8(session) + chosen + vector16(extensions))
}

/** The server's share. */
export function readServerHello(body: Octets): Octets {
  const reader = new Reader(body)
  reader.take(2 + 32)
  reader.vector(1)
  const suite = reader.number(2)
  reader.take(1)
  const extensions = readExtensions(reader)
  if (extensions.get(SUPPORTED_VERSIONS) !== u16(TLS_1_3)) throw new TlsAlert('protocol_version')
  const share = new Reader(extensions.get(KEY_SHARE) ?? '')
  if (suite !== TLS_AES_128_GCM_SHA256 || share.number(2) !== X25519) throw new TlsAlert('illegal_parameter')
  return share.vector(2)
}

export const encryptedExtensions = (): Octets => message(ENCRYPTED_EXTENSIONS, vector16(''))

/** X.509 in DER, the server's own certificate first (4.4.2). */
export function certificateMessage(chain: readonly Octets[]): Octets {
  const entries = chain.map((certificate) => vector24(certificate) + vector16(''))
  return message(CERTIFICATE, vector8('') + vector24(entries.join('')))
}

export function readCertificate(body: Octets): Octets[] {
  const reader = new Reader(body)
  reader.vector(1)
  const entries = new Reader(reader.vector(3))
  const chain: Octets[] = []
  while (!entries.ended()) {
    chain.push(entries.vector(3))
    entries.vector(2)
  }
  return chain
}

export const certificateVerify = (signature: Octets): Octets =>
  message(CERTIFICATE_VERIFY, u16(ED25519) + vector16(signature))

export function readCertificateVerify(body: Octets): Octets {
  const reader = new Reader(body)
  if (reader.number(2) !== ED25519) throw new TlsAlert('illegal_parameter')
  return reader.vector(2)
}

function readExtensions(reader: Reader): Map<number, Octets> {
  const extensions = new Map<number, Octets>()
  const list = new Reader(reader.vector(2))
  while (!list.ended()) extensions.set(list.number(2), list.vector(2))
  return extensions
}

function includes16(list: Octets, n: number): boolean {
  for (let at = 0; at + 1 < list.length; at += 2) if (list.slice(at, at + 2) === u16(n)) return true
  return false
}

/** What is shorter than it says is a decode_error (6.2). */
class Reader {
  private readonly octets: Octets
  private at = 0

  constructor(octets: Octets) {
    this.octets = octets
  }

  take(length: number): Octets {
    if (this.at + length > this.octets.length) throw new TlsAlert('decode_error')
    this.at += length
    return this.octets.slice(this.at - length, this.at)
  }

  number(octets: 1 | 2 | 3): number {
    let n = 0
    for (const octet of this.take(octets)) n = n * 256 + octet.charCodeAt(0)
    return n
  }

  vector(lengthOctets: 1 | 2 | 3): Octets {
    return this.take(this.number(lengthOctets))
  }

  ended(): boolean {
    return this.at === this.octets.length
  }
}
