/** IPv4 addresses: as they are written, as they travel, and as the names under which their owners are found. */
import type { Octets } from '../bytes/octets.ts'
import type { Ipv4 } from '../terms.ts'

/** The four octets of a dotted quad; null where it is none. No leading zeros: some programs would read them as octal. */
export function addressOctets(address: string): Octets | null {
  if (!/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(address)) return null
  const numbers = address.split('.').map(Number)
  return numbers.every((number) => number < 256) ? String.fromCharCode(...numbers) : null
}

export function octetsAddress(octets: Octets): Ipv4 {
  return Array.from(octets, (octet) => octet.charCodeAt(0)).join('.')
}

/** Where the PTR record of an address stands (RFC 1035 3.5): `10.2.0.192.in-addr.arpa` for 192.0.2.10. */
export function reverseName(address: Ipv4): string {
  return [...address.split('.').reverse(), 'in-addr', 'arpa'].join('.')
}
