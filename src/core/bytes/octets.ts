/**
 * Octets: a string of which each character is one octet (0-255).
 *
 * Inside the engines everything that travels is such a string: `indexOf` finds a CRLF five times faster than a loop over
 * a byte array, and a debugger shows what is there. `Uint8Array` is for the edges (sockets, files, cryptography), and
 * this file is the one door between the two. `TextDecoder('iso-8859-1')` is no such door: browsers read it as
 * windows-1252.
 */
export type Octets = string

const CHUNK = 8192

export function toOctets(bytes: Uint8Array): Octets {
  if (bytes.length <= CHUNK) return String.fromCharCode.apply(null, bytes as unknown as number[])
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]))
  }
  return parts.join('')
}

export function toBytes(octets: Octets): Uint8Array {
  const bytes = new Uint8Array(octets.length)
  for (let at = 0; at < octets.length; at++) bytes[at] = octets.charCodeAt(at)
  return bytes
}
