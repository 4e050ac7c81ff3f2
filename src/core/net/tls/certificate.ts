/**
 * X.509 certificates (RFC 5280) with Ed25519 keys (RFC 8410): small, but whole ones, which any other program reads. One
 * authority vouches for every host of a world; its own certificate is the root that the machines there trust.
 */
import { sha1 } from '@noble/hashes/legacy.js'
import { toBytes, toOctets, type Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import type { HostName, Millis } from '../../terms.ts'
import type { Random } from '../random.ts'
import { signature, signingShareOf, verifies } from './curves.ts'
import {
  BIT_STRING,
  bitString,
  BOOLEAN,
  der,
  DerReader,
  INTEGER,
  integer,
  NotDer,
  OCTET_STRING,
  OID,
  oid,
  readOid,
  readTime,
  SEQUENCE,
  SET,
  tagged,
  time,
  utf8String,
} from './der.ts'

export const IDS = {
  ed25519: '1.3.101.112',
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  altName: '2.5.29.17',
  basic: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const

/** A distinguished name: types by OID, in their order. */
export type Name = readonly (readonly [type: string, value: string])[]

export interface X509 {
  version: number
  serial: Octets
  issuer: Name
  subject: Name
  notBefore: Millis
  notAfter: Millis
  /** Of the key that it certifies, by OID, and the key itself. */
  keyAlgorithm: string
  key: Octets
  extensions: readonly { id: string; critical: boolean; value: Octets }[]
  /** What was signed, how (by OID), and the signature. */
  signed: Octets
  algorithm: string
  signature: Octets
}

/** What a server shows and what it proves that with. */
export interface Identity {
  signingKey: Octets
  /** Its own certificate first (RFC 8446 4.4.2); the root itself need not be sent. */
  chain: readonly Octets[]
}

const DAY = 86_400_000
const ROOT: Name = [
  [IDS.organisation, 'Facteur'],
  [IDS.commonName, 'Facteur Root CA'],
]

/** Keys and serial numbers come from the seed: the same journal gives the same octets. */
export class Authority {
  private readonly random: Random
  /** The day of the world's beginning, at midnight. */
  private readonly today: Millis
  private readonly key: Octets
  private readonly known = new Map<HostName, Identity>()
  private own: Octets | null = null

  constructor(random: Random, epoch: Millis) {
    this.random = random
    this.today = Math.floor(epoch / DAY) * DAY
    this.key = random.fork('certificate authority').octets(32)
  }

  /** Signed by itself. */
  get root(): Octets {
    this.own ??= this.sign(
      ROOT,
      ROOT,
      signingShareOf(this.key),
      [5 * 365, 5 * 365],
      [
        extension(IDS.basic, true, der(SEQUENCE, der(BOOLEAN, '\xff'))),
        extension(IDS.keyUsage, true, bitString('\x06', 1)), // keyCertSign, cRLSign
      ],
    )
    return this.own
  }

  identity(host: HostName): Identity {
    const known = this.known.get(host)
    if (known) return known
    const signingKey = this.random.fork(`certificate ${host}`).octets(32)
    const certificate = this.sign(
      [[IDS.commonName, host]],
      ROOT,
      signingShareOf(signingKey),
      [90, 275],
      [
        extension(IDS.basic, true, der(SEQUENCE)),
        extension(IDS.keyUsage, true, bitString('\x80', 7)), // digitalSignature
        extension(IDS.extendedUsage, false, der(SEQUENCE, oid(IDS.serverAuth))),
        extension(IDS.altName, false, der(SEQUENCE, der(DNS_NAME, host))),
      ],
    )
    const identity = { signingKey, chain: [certificate] }
    this.known.set(host, identity)
    return identity
  }

  private sign(
    subject: Name,
    issuer: Name,
    key: Octets,
    [before, after]: readonly [days: number, days: number],
    extensions: readonly Octets[],
  ): Octets {
    // RFC 5280 4.1.2.2: a positive number; its first octet says so.
    const serial = `\x5f${this.random.fork(`serial ${subject.at(-1)![1]}`).octets(15)}`
    const algorithm = der(SEQUENCE, oid(IDS.ed25519))
    const signed = der(
      SEQUENCE,
      der(tagged(0), der(INTEGER, '\x02')),
      integer(serial),
      algorithm,
      writeName(issuer),
      der(SEQUENCE, time(this.today - before * DAY), time(this.today + after * DAY)),
      writeName(subject),
      der(SEQUENCE, algorithm, bitString(key)),
      der(
        tagged(3),
        der(
          SEQUENCE,
          ...extensions,
          extension(IDS.subjectKey, false, der(OCTET_STRING, keyId(key))),
          extension(IDS.authorityKey, false, der(SEQUENCE, der(0x80, keyId(signingShareOf(this.key))))),
        ),
      ),
    )
    return der(SEQUENCE, signed, algorithm, bitString(signature(signed, this.key)))
  }
}

/** `[2]` of GeneralName: IA5String, implicit. */
const DNS_NAME = 0x82

/** RFC 5280 4.2.1.2, method 1. */
const keyId = (key: Octets): Octets => toOctets(sha1(toBytes(key)))

const extension = (id: string, critical: boolean, value: Octets): Octets =>
  der(SEQUENCE, oid(id), critical ? der(BOOLEAN, '\xff') : '', der(OCTET_STRING, value))

const writeName = (name: Name): Octets =>
  der(SEQUENCE, ...name.map(([type, value]) => der(SET, der(SEQUENCE, oid(type), utf8String(value)))))

/** Null where that is no certificate. */
export function readX509(octets: Octets): X509 | null {
  try {
    const outer = new DerReader(octets).inside(SEQUENCE)
    const signed = outer.next(SEQUENCE)
    const algorithm = readAlgorithm(outer)
    const signature = outer.next(BIT_STRING).content.slice(1)
    const fields = new DerReader(signed.content)
    const version = fields.maybe(tagged(0))
    const serial = fields.next(INTEGER).content
    fields.next(SEQUENCE)
    const issuer = readName(fields)
    const validity = fields.inside(SEQUENCE)
    const [notBefore, notAfter] = [readTime(validity.any()), readTime(validity.any())]
    const subject = readName(fields)
    const keyInfo = fields.inside(SEQUENCE)
    const keyAlgorithm = readAlgorithm(keyInfo)
    const key = keyInfo.next(BIT_STRING).content.slice(1)
    return {
      version: version ? new DerReader(version.content).next(INTEGER).content.charCodeAt(0) + 1 : 1,
      ...{ serial, issuer, subject, notBefore, notAfter, keyAlgorithm, key },
      extensions: readExtensions(fields),
      ...{ signed: signed.whole, algorithm, signature },
    }
  } catch (error) {
    if (error instanceof NotDer) return null
    throw error
  }
}

const readAlgorithm = (reader: DerReader): string => readOid(reader.inside(SEQUENCE).next(OID).content)

function readName(reader: DerReader): Name {
  const name: [string, string][] = []
  for (const sets = reader.inside(SEQUENCE); !sets.ended;) {
    for (const set = sets.inside(SET); !set.ended;) {
      const pair = set.inside(SEQUENCE)
      name.push([readOid(pair.next(OID).content), utf8Text(pair.any().content)])
    }
  }
  return name
}

function readExtensions(fields: DerReader): X509['extensions'] {
  const extensions: X509['extensions'][number][] = []
  // Unique identifiers of issuer and subject ([1], [2]) may stand before them; nobody writes those.
  while (!fields.ended) {
    const { tag, content } = fields.any()
    if (tag !== tagged(3)) continue
    for (const list = new DerReader(content).inside(SEQUENCE); !list.ended;) {
      const one = list.inside(SEQUENCE)
      const id = readOid(one.next(OID).content)
      const critical = one.maybe(BOOLEAN)?.content === '\xff'
      extensions.push({ id, critical, value: one.next(OCTET_STRING).content })
    }
  }
  return extensions
}

/** Is this signature the one of that certificate's key? */
export function signedBy(certificate: X509, issuer: X509): boolean {
  if (certificate.algorithm !== IDS.ed25519 || issuer.keyAlgorithm !== IDS.ed25519) return false
  return verifies(certificate.signature, certificate.signed, issuer.key)
}
