/** Networks in CIDR form (RFC 4632 3.1): `192.0.2.0/24`; an address without a slash is a network of one. */
import type { Ipv4 } from '../terms.ts'

/** A test for "is this address in one of these networks". */
export function networkTest(networks: readonly string[]): (address: Ipv4) => boolean {
  const masks = networks.map((network) => {
    const [address = '', length = '32'] = network.split('/')
    const mask = Number(length) === 0 ? 0 : (-1 << (32 - Number(length))) >>> 0
    return { mask, prefix: (numberOf(address) & mask) >>> 0 }
  })
  return (address) => {
    const number = numberOf(address)
    return masks.some(({ mask, prefix }) => (number & mask) >>> 0 === prefix)
  }
}

/** The /24 around an address: greylisting forgives a sender that has several hosts side by side. */
export const neighbourhood = (address: Ipv4) => address.slice(0, address.lastIndexOf('.'))

const numberOf = (address: Ipv4) => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
