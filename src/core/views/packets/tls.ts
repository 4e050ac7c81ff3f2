/** TLS records as everybody can see them (RFC 8446 5.1): hellos and alerts in the clear, all else sealed. */
import type { Octets } from '../../bytes/octets.ts'
import { alertName } from '../../net/tls/alerts.ts'
import { ALERT, APPLICATION_DATA, HANDSHAKE, HEADER } from '../../net/tls/records.ts'
import { CLIENT_HELLO, SERVER_HELLO } from '../../net/tls/messages.ts'
import { type Dissection, hex, hexOctets, readable } from './dissect.ts'

/** A segment of ours holds a handful; what is no TLS at all may look like any number of them. */
const MOST_RECORDS = 40

const TYPES: Readonly<Record<number, string>> = {
  20: 'Change Cipher Spec',
  [ALERT]: 'Alert',
  [HANDSHAKE]: 'Handshake',
  [APPLICATION_DATA]: 'Application Data',
}
const MESSAGES: Readonly<Record<number, string>> = { [CLIENT_HELLO]: 'Client Hello', [SERVER_HELLO]: 'Server Hello' }
const VERSIONS: Readonly<Record<number, string>> = { 0x0301: 'TLS 1.0', 0x0303: 'TLS 1.2', 0x0304: 'TLS 1.3' }
const SUITES: Readonly<Record<number, string>> = { 0x1301: 'TLS_AES_128_GCM_SHA256' }
const GROUPS: Readonly<Record<number, string>> = { 0x001d: 'x25519' }
const SCHEMES: Readonly<Record<number, string>> = { 0x0807: 'ed25519' }
const EXTENSIONS: Readonly<Record<number, string>> = {
  0: 'server_name',
  10: 'supported_groups',
  13: 'signature_algorithms',
  43: 'supported_versions',
  51: 'key_share',
}

const named =
  (names: Readonly<Record<number, string>>, digits = 4) =>
  (n: number) =>
    names[n] === undefined ? hex(n, digits) : `${names[n]} (${hex(n, digits)})`

/** What each record of a segment is. */
export function recordNames(data: Octets): string[] {
  const names: string[] = []
  for (let at = 0; at + HEADER <= data.length && names.length < MOST_RECORDS;) {
    const type = data.charCodeAt(at)
    const length = data.charCodeAt(at + 3) * 256 + data.charCodeAt(at + 4)
    const first = data.charCodeAt(at + HEADER)
    names.push((type === HANDSHAKE ? MESSAGES[first] : TYPES[type]) ?? 'Continuation Data')
    at += HEADER + length
  }
  return names.length > 0 ? names : ['Continuation Data']
}

/** A lone alert, as the ends know it: by its type, or sealed by its length (two octets, their type, the seal). */
export const isAlert = (data: Octets): boolean =>
  data.charCodeAt(0) === ALERT || (data.charCodeAt(0) === APPLICATION_DATA && data.length === HEADER + 2 + 1 + 16)

export function tlsFields(of: Dissection): void {
  for (let count = 0; of.left >= HEADER && count < MOST_RECORDS; count++) {
    const type = of.peek(1)
    of.group('TLS record', 'tls.record', () => record(of), HEADER + of.peek(2, 3))
    if (TYPES[type] === undefined) return
  }
}

function record(of: Dissection): string {
  const type = of.number('Content type', 'tls.type', 1, (n) => `${TYPES[n] ?? '?'} (${n})`)
  of.number('Version', 'tls.version', 2, named(VERSIONS))
  of.number('Length', 'tls.length', 2)
  if (type === HANDSHAKE && MESSAGES[of.peek(1)] !== undefined) {
    const name = MESSAGES[of.peek(1)]!
    of.group(`Handshake: ${name}`, 'tls.handshake', () => hello(of))
    return name
  }
  if (type === ALERT && of.left === 2) {
    of.number('Level', 'tls.level', 1, (n) => (n === 1 ? 'warning (1)' : 'fatal (2)'))
    const code = String.fromCharCode(0, of.peek(1))
    of.number('Description', 'tls.alert', 1, (n) => `${alertName(code)} (${n})`)
    return 'Alert'
  }
  of.bytes('Encrypted content', 'tls.sealed', of.left, hexOctets)
  return TYPES[type] ?? '?'
}

function hello(of: Dissection): string {
  const type = of.number('Handshake type', 'tls.message', 1, (n) => `${MESSAGES[n]} (${n})`)
  of.number('Length', 'tls.length', 3)
  of.number('Version', 'tls.version', 2, named(VERSIONS))
  of.bytes('Random', 'tls.random', 32, hexOctets)
  const session = of.number('Session ID length', 'tls.session', 1)
  of.bytes('Session ID', 'tls.session', session, hexOctets)
  if (type === CLIENT_HELLO) {
    const suites = of.number('Cipher suites length', 'tls.length', 2)
    for (let at = 0; at + 1 < suites && of.left > 0; at += 2) of.number('Cipher suite', 'tls.suite', 2, named(SUITES))
    const methods = of.number('Compression methods length', 'tls.length', 1)
    of.bytes('Compression methods', 'tls.compression', methods, (octets) =>
      octets === '\0' ? 'null (0)' : hexOctets(octets),
    )
  } else {
    of.number('Cipher suite', 'tls.suite', 2, named(SUITES))
    of.number('Compression method', 'tls.compression', 1, (n) => (n === 0 ? 'null (0)' : String(n)))
  }
  of.number('Extensions length', 'tls.length', 2)
  for (let count = 0; of.left >= 4 && count < MOST_RECORDS; count++) {
    const kind = of.peek(2)
    const name = EXTENSIONS[kind] ?? `extension ${kind}`
    of.group(
      `Extension: ${name}`,
      `tls.ext.${EXTENSIONS[kind] ?? 'other'}`,
      () => extension(of, type),
      4 + of.peek(2, 2),
    )
  }
  return ''
}

function extension(of: Dissection, hello: number): string {
  const kind = of.number('Type', 'tls.ext.type', 2, named(EXTENSIONS))
  of.number('Length', 'tls.length', 2)
  const listed = hello === CLIENT_HELLO
  switch (EXTENSIONS[kind]) {
    case 'server_name': {
      if (of.left < 5) return ''
      of.number('List length', 'tls.length', 2)
      of.number('Name type', 'tls.ext.server_name', 1, (n) => (n === 0 ? 'host_name (0)' : String(n)))
      const length = of.number('Name length', 'tls.length', 2)
      return readable(of.bytes('Server name', 'tls.ext.server_name', length, readable))
    }
    case 'supported_groups':
      of.number('List length', 'tls.length', 2)
      return named(GROUPS)(of.number('Group', 'tls.ext.supported_groups', 2, named(GROUPS)))
    case 'signature_algorithms':
      of.number('List length', 'tls.length', 2)
      return named(SCHEMES)(of.number('Scheme', 'tls.ext.signature_algorithms', 2, named(SCHEMES)))
    case 'supported_versions':
      if (listed) of.number('List length', 'tls.length', 1)
      return named(VERSIONS)(of.number('Version', 'tls.ext.supported_versions', 2, named(VERSIONS)))
    case 'key_share': {
      if (listed) of.number('List length', 'tls.length', 2)
      const group = of.number('Group', 'tls.ext.supported_groups', 2, named(GROUPS))
      of.bytes('Public key', 'tls.ext.key_share', of.number('Key length', 'tls.length', 2), hexOctets)
      return named(GROUPS)(group)
    }
    default:
      of.bytes('Data', 'tls.ext.other', of.left, hexOctets)
      return ''
  }
}
