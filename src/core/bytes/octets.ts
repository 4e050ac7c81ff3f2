/**
 * Octets: a string of which each character is one octet (0-255).
 *
 * Inside the engines everything that travels is such a string: `indexOf` finds a CRLF five times faster than a loop over
 * a byte array, and a debugger shows what is there. `Uint8Array` is for the edges (sockets, files, cryptography), and
 * this file is the one door between the two. `TextDecoder('iso-8859-1')` is no such door: browsers read it as
 * windows-1252.
 */
export type Octets = string

/** So many characters at a time become a string: the arguments of a call lie on the stack, which is small. */
export const CHUNK = 4096

/**
 * The string of at most CHUNK character codes. The array is a plain one because engines spread it two or three times
 * faster than a typed one, and this is where the codecs spend their time.
 */
export const fromCodes = (codes: number[]): string => String.fromCharCode.apply(null, codes)

export function toOctets(bytes: Uint8Array): Octets {
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const codes = new Array<number>(Math.min(CHUNK, bytes.length - from)).fill(0)
    for (let k = 0; k < codes.length; k++) codes[k] = bytes[from + k]!
    parts.push(fromCodes(codes))
  }
  return parts.join('')
}

export function toBytes(octets: Octets): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(octets.length)
  for (let at = 0; at < octets.length; at++) bytes[at] = octets.charCodeAt(at)
  return bytes
}
