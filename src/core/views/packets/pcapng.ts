/**
 * The capture as a file that Wireshark opens (pcapng, draft-ietf-opsawg-pcapng): a section, one interface whose packets
 * begin with IP, a block for each packet, and the names of the hosts.
 */
import { toBytes, type Octets } from '../../bytes/octets.ts'
import { addressOctets } from '../../dns/address.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import { packetOctets } from '../../net/packets.ts'
import type { HostName, Ipv4 } from '../../terms.ts'
import type { PacketRow } from './packets.ts'

const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const NAMES = 4
const PACKET = 6
const LITTLE_ENDIAN = 0x1a2b3c4d
/** LINKTYPE_RAW: no Ethernet before IP, which is not simulated. */
const RAW = 101
const NAME_OF_IPV4 = 1

/** `epoch`: the world's 0, in milliseconds since 1970 UTC. What was lost and is not known has no octets, and is left out. */
export function pcapng(
  rows: readonly PacketRow[],
  names: ReadonlyMap<Ipv4, HostName>,
  epoch: number,
): Uint8Array<ArrayBuffer> {
  const parts: Octets[] = [
    block(SECTION, u32(LITTLE_ENDIAN) + u16(1) + u16(0) + u32(0xffffffff) + u32(0xffffffff)),
    block(INTERFACE, u16(RAW) + u16(0) + u32(0)),
    block(NAMES, [...names].map(nameRecord).join('') + u32(0)),
  ]
  for (const row of rows) {
    const { packet, number, place, at } = row
    if (packet === null) continue
    const octets = packetOctets(packet, { number, ...place })
    const micros = Math.round((epoch + at) * 1000)
    const time = u32(Math.floor(micros / 2 ** 32)) + u32(micros % 2 ** 32)
    parts.push(block(PACKET, u32(0) + time + u32(octets.length) + u32(octets.length) + padded(octets)))
  }
  return toBytes(parts.join(''))
}

/** Each block says its length before and behind. */
function block(type: number, body: Octets): Octets {
  const length = u32(body.length + 12)
  return u32(type) + length + body + length
}

function nameRecord([address, name]: readonly [Ipv4, HostName]): Octets {
  const value = `${addressOctets(address) ?? '\0\0\0\0'}${utf8Octets(name)}\0`
  return u16(NAME_OF_IPV4) + u16(value.length) + padded(value)
}

const padded = (octets: Octets) => octets + '\0'.repeat((4 - (octets.length % 4)) % 4)
const u16 = (n: number): Octets => String.fromCharCode(n & 255, (n >>> 8) & 255)
const u32 = (n: number): Octets => u16(n) + u16(Math.floor(n / 0x10000))
