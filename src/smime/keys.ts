/**
 * Private keys as openssl writes them: PKCS #8 (`PRIVATE KEY`, RFC 5958), and the older forms for RSA and for elliptic
 * curves (`RSA PRIVATE KEY`, RFC 8017 appendix A.1.2; `EC PRIVATE KEY`, RFC 5915), which are put into PKCS #8, since
 * that is what WebCrypto takes. Keys under a password are not opened.
 */
import * as asn1js from 'asn1js'
import { AlgorithmIdentifier, createCMSECDSASignature, ECPrivateKey, PrivateKeyInfo } from 'pkijs'
import { type CurveName, curveOf, oids, readBer, withNull } from './algorithms.ts'
import { type Bytes, type Pem, readPem, writePem } from './pem.ts'

export type PrivateKey = { kind: 'RSA'; pkcs8: Bytes } | { kind: 'EC'; curve: CurveName; pkcs8: Bytes }

/** Which key to make: RSA with 2048 bits, or the curve P-256. */
export type KeyKind = PrivateKey['kind']

export function readPrivateKey(pem: Pem): PrivateKey | null {
  for (const { label, der } of readPem(pem)) {
    try {
      if (label === 'PRIVATE KEY') return fromPkcs8(der)
      if (label === 'RSA PRIVATE KEY') return fromPkcs8(wrapped(der, withNull(oids.rsaEncryption)))
      if (label === 'EC PRIVATE KEY') return fromSec1(der)
    } catch {
      return null
    }
  }
  return null
}

function fromPkcs8(pkcs8: Bytes): PrivateKey | null {
  const schema = readBer(pkcs8)
  if (schema === null) return null
  const { algorithmId, algorithmParams } = new PrivateKeyInfo({ schema }).privateKeyAlgorithm
  if (algorithmId === oids.rsaEncryption) return { kind: 'RSA', pkcs8 }
  if (algorithmId !== oids.ecPublicKey || !(algorithmParams instanceof asn1js.ObjectIdentifier)) return null
  const curve = curveOf(algorithmParams.valueBlock.toString())
  return curve && { kind: 'EC', curve, pkcs8 }
}

/** An EC key says its curve inside, where PKCS #8 wants it outside. */
function fromSec1(der: Bytes): PrivateKey | null {
  const schema = readBer(der)
  const curve = schema && new ECPrivateKey({ schema }).namedCurve
  if (!curve) return null
  const algorithm = new AlgorithmIdentifier({
    algorithmId: oids.ecPublicKey,
    algorithmParams: new asn1js.ObjectIdentifier({ value: curve }),
  })
  return fromPkcs8(wrapped(der, algorithm))
}

function wrapped(der: Bytes, algorithm: AlgorithmIdentifier): Bytes {
  const info = new asn1js.Sequence({
    value: [new asn1js.Integer({ value: 0 }), algorithm.toSchema(), new asn1js.OctetString({ valueHex: der })],
  })
  return new Uint8Array(info.toBER())
}

/** For signing, with SHA-256. */
export function signingKey(key: PrivateKey): Promise<CryptoKey> {
  const algorithm =
    key.kind === 'RSA' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: key.curve }
  return globalThis.crypto.subtle.importKey('pkcs8', key.pkcs8, algorithm, true, ['sign'])
}

/** The signature in the form that certificates and CMS want: for elliptic curves, WebCrypto has another one. */
export async function signOctets(bytes: Bytes, key: CryptoKey): Promise<ArrayBuffer> {
  const { subtle } = globalThis.crypto
  if (key.algorithm.name !== 'ECDSA') return subtle.sign('RSASSA-PKCS1-v1_5', key, bytes)
  return createCMSECDSASignature(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes))
}

export async function makeKeys(kind: KeyKind): Promise<{ pair: CryptoKeyPair; pem: Pem }> {
  const { subtle } = globalThis.crypto
  const pair =
    kind === 'RSA'
      ? await subtle.generateKey(
          { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
          true,
          ['sign', 'verify'],
        )
      : await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  return { pair, pem: writePem('PRIVATE KEY', new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey))) }
}
