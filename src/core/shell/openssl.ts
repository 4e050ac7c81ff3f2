/** openssl: a toolbox of commands, of which those are here that a mail course has to do with. */
import { sha1 } from '@noble/hashes/legacy.js'
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts'
import { hmacMd5Hex, hmacSha256, md5Hex, sha256, sha256Hex } from '../bytes/hashes.ts'
import { toBytes, toOctets, type Octets } from '../bytes/octets.ts'
import { readX509 } from '../net/tls/certificate.ts'
import type { Task } from '../task.ts'
import { readable, type Context, type ShellCommand } from './command.ts'
import { readInput } from './files.ts'
import { sClient } from './openssl-client.ts'
import { opensslOptions } from './openssl-options.ts'
import { certificateText, dateText, fromPem, hexText, nameText, pem } from './x509.ts'

type Tool = (context: Context, words: readonly Octets[]) => Task<void>

const tools: Readonly<Record<string, Tool>> = {
  s_client: sClient,
  x509: x509,
  dgst: (context, words) => digest(context, 'dgst', words),
  md5: (context, words) => digest(context, 'md5', words),
  sha256: (context, words) => digest(context, 'sha256', words),
  base64,
}

export const openssl: ShellCommand = {
  name: 'openssl',
  synopsis:
    'openssl s_client -connect HOST:PORT [-starttls smtp|pop3|imap] [-crlf] [-quiet] [-ign_eof] [-servername NAME] [-showcerts] | x509 | dgst | md5 | base64',
  summary: 'shell.openssl',
  reads: true,
  feeds: true,
  *run(context) {
    const [name = 'help', ...words] = context.arguments
    if (name === 'help') return context.out.text(`Standard commands\n${Object.keys(tools).join('  ')}  version\n`)
    if (name === 'version') return context.out.text('OpenSSL 3.0 (simulated)\n')
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined
    if (!tool) return context.complain(`Invalid command '${readable(name)}'; type "help" for a list.\n`)
    yield* tool(context, words)
  },
}

const X509_FLAGS = [
  'text',
  'noout',
  'subject',
  'issuer',
  'dates',
  'startdate',
  'enddate',
  'serial',
  'fingerprint',
  'sha256',
]

function* x509(context: Context, words: readonly Octets[]): Task<void> {
  const given = opensslOptions(context, 'x509', words, X509_FLAGS, ['in'])
  if (!given) return
  const file = given.value('in') ?? '-'
  const text = yield* readInput(context, file)
  if (text === null) return context.complain('Unable to load certificate\n')
  const der = fromPem(text)
  const certificate = der === null ? null : readX509(der)
  if (der === null || certificate === null) {
    const where = file === '-' ? '<stdin>' : readable(file)
    return context.complain(`Could not read certificate from ${where}\nUnable to load certificate\n`)
  }
  const starts = `notBefore=${dateText(certificate.notBefore)}\n`
  const ends = `notAfter=${dateText(certificate.notAfter)}\n`
  const texts: Readonly<Record<string, () => string>> = {
    text: () => certificateText(certificate),
    subject: () => `subject=${nameText(certificate.subject)}\n`,
    issuer: () => `issuer=${nameText(certificate.issuer)}\n`,
    dates: () => starts + ends,
    startdate: () => starts,
    enddate: () => ends,
    serial: () => `serial=${hexText(certificate.serial, '')}\n`,
    fingerprint: () =>
      given.has('sha256')
        ? `sha256 Fingerprint=${hexText(sha256(der))}\n`
        : `SHA1 Fingerprint=${hexText(toOctets(sha1(toBytes(der))))}\n`,
  }
  for (const [name] of given.options) context.out.text(texts[name]?.() ?? '')
  if (!given.has('noout')) context.out.text(pem(der))
}

/** `openssl md5`, `openssl dgst -md5 -hmac KEY`: a digest, or one under a key, as CRAM-MD5 wants it (RFC 2195). */
function* digest(context: Context, name: string, words: readonly Octets[]): Task<void> {
  const given = opensslOptions(context, name, words, ['md5', 'sha256', 'r', 'hex'], ['hmac'])
  if (!given) return
  const chosen =
    given.has('md5') || name === 'md5' ? 'MD5' : given.has('sha256') || name === 'sha256' ? 'SHA2-256' : 'SHA256'
  const key = given.value('hmac')
  for (const file of given.rest.length === 0 ? ['-'] : given.rest) {
    const octets = yield* readInput(context, file)
    if (octets === null) continue
    const hex = chosen === 'MD5' ? md5(octets, key) : sha(octets, key)
    const source = file === '-' ? 'stdin' : readable(file)
    context.out.text(given.has('r') ? `${hex} *${source}\n` : `${chosen}(${source})= ${hex}\n`)
  }
}

const md5 = (octets: Octets, key?: Octets): string => (key === undefined ? md5Hex(octets) : hmacMd5Hex(key, octets))
const sha = (octets: Octets, key?: Octets): string =>
  key === undefined ? sha256Hex(octets) : hexText(hmacSha256(key, octets), '').toLowerCase()

function* base64(context: Context, words: readonly Octets[]): Task<void> {
  const given = opensslOptions(context, 'base64', words, ['d', 'e', 'A', 'a'], ['in'])
  if (!given) return
  const octets = yield* readInput(context, given.value('in') ?? '-')
  if (octets === null) return
  // What is no base64 is nothing at all: openssl does not complain.
  if (given.has('d')) return context.out.put(decodeBase64(octets.replace(/\s/g, '')) ?? '')
  const encoded = encodeBase64(octets)
  context.out.put(given.has('A') ? encoded : encoded.replace(/.{1,64}/g, '$&\n'))
}
