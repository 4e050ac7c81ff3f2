/**
 * What is said of a message, and what becomes of its content, with a server that offers these extensions: parameters only
 * where they are understood, encoded where eight bits or lone line ends are not taken (RFC 6152 3, RFC 3030 3), and not
 * even begun where it cannot be (RFC 1870 6.1, RFC 6531 3.5).
 */
import type { Octets } from '../../bytes/octets.ts'
import { bodyAt } from '../../message/fields.ts'
import { sevenBit } from '../../message/mime/build/seven-bit.ts'
import type { ClientDone, ClientFailure, ClientMessage } from '../client-types.ts'
import type { Addressee, Sending } from '../envelope.ts'
import { mailbox, pathText } from '../path.ts'
import { unfit, type Extensions } from './talk.ts'

export interface Prepared {
  /** The lines of the envelope. */
  mail: Octets
  rcpts: readonly Octets[]
  content: Octets
  encoded: ClientDone['encoded']
  /** By BDAT, and not by DATA. */
  chunked: boolean
  /** It has a name by which it can be taken up again (RFC 1845). */
  resumable: boolean
  /** The server was told what to report, and does it. */
  dsn: boolean
}

type Fitted = Pick<Prepared, 'content' | 'encoded'> & { body: '8BITMIME' | 'BINARYMIME' | null }

export function prepared(message: ClientMessage, extensions: Extensions): Prepared | ClientFailure {
  const { envelope } = message
  const verb = verbFor(envelope.how ?? 'MAIL', extensions)
  if (verb === null) return unfit('mail', '502', '5.5.1 The server does not offer SEND')
  // RFC 821 3.4: the relatives of MAIL are of a time before parameters; what needs one is made fit for that time.
  const known: Extensions = verb === 'MAIL' ? extensions : new Map()
  const utf8 = needsUtf8(message)
  if (utf8 && !known.has('SMTPUTF8'))
    return unfit('mail', '550', '5.6.7 An address or the header needs SMTPUTF8, and the server does not offer it')
  const fitted = fit(message, known)
  if ('outcome' in fitted) return fitted
  const { content, encoded, body } = fitted
  const limit = Number(extensions.get('SIZE') ?? 0)
  if (limit > 0 && content.length > limit)
    return unfit('mail', '552', `5.3.4 The message has ${content.length} octets, and the server takes ${limit}`)
  const dsn = known.has('DSN')
  const transid = body !== 'BINARYMIME' && known.has('CHECKPOINT') ? (message.transid ?? null) : null
  const { ret = null, envid = null } = envelope
  const parameters = [
    ...(known.has('SIZE') ? [`SIZE=${content.length}`] : []),
    ...(body === null ? [] : [`BODY=${body}`]),
    ...(dsn && ret !== null ? [`RET=${ret}`] : []),
    ...(dsn && envid !== null ? [`ENVID=${envid}`] : []),
    ...(utf8 ? ['SMTPUTF8'] : []),
    ...(transid === null ? [] : [`TRANSID=${transid}`]),
  ]
  return {
    mail: [`${verb} FROM:<${pathText(envelope.from)}>`, ...parameters].join(' '),
    rcpts: envelope.recipients.map((to) => rcpt(to, dsn)),
    content,
    encoded,
    // A transaction that may have to be taken up again goes by DATA, as RFC 1845 knows it.
    chunked: extensions.has('CHUNKING') && transid === null,
    resumable: transid !== null,
    dsn,
  }
}

/**
 * SEND and its relatives where they are offered, or where nothing is because the server is of their time. Else SOML and SAML
 * allow a letter, which every server takes; SEND allows nothing else.
 */
function verbFor(how: Sending, extensions: Extensions): Sending | null {
  if (how === 'MAIL' || extensions.size === 0 || extensions.has(how)) return how
  return how === 'SEND' ? null : 'MAIL'
}

const rcpt = ({ path, notify, orcpt }: Addressee, dsn: boolean): Octets =>
  [
    `RCPT TO:<${pathText(path)}>`,
    ...(dsn && notify !== null ? [`NOTIFY=${notify.join(',')}`] : []),
    ...(dsn && orcpt !== null ? [`ORCPT=${orcpt}`] : []),
  ].join(' ')

const isEightBit = (octets: Octets) => /[\x80-\xff]/.test(octets)

/** RFC 6531 3.4: for an address, or for the header of a message that came so. */
function needsUtf8({ envelope, content }: ClientMessage): boolean {
  const { from, recipients, utf8 } = envelope
  if (utf8 && isEightBit(content.slice(0, bodyAt(content)))) return true
  return (from !== null && isEightBit(mailbox(from))) || recipients.some(({ path }) => isEightBit(mailbox(path)))
}

/** A lone CR or LF, or a NUL: no text that DATA could carry (RFC 5321 4.1.1.4, 2.3.8). */
const isBinary = (octets: Octets) => /\x00|\r(?!\n)|(?<!\r)\n/.test(octets)

function fit(
  { envelope, content, eighthBit = 'refuse' }: ClientMessage,
  extensions: Extensions,
): Fitted | ClientFailure {
  const binary = envelope.body === 'BINARYMIME' || isBinary(content)
  if (binary && extensions.has('BINARYMIME') && extensions.has('CHUNKING'))
    return { content, encoded: null, body: 'BINARYMIME' }
  // Where lone line ends have to be encoded, so are the octets above 127 that lie with them.
  const needs = isBinary(content) || (isEightBit(content) && !extensions.has('8BITMIME'))
  const may = eighthBit === 'convert' || (binary && eighthBit === 'pass')
  const text = needs && may ? sevenBit(content) : content
  if (isBinary(text))
    return unfit('mail', '554', '5.6.3 The message holds more than lines, and the server does not offer BINARYMIME')
  const eight = isEightBit(text)
  if (eight && !extensions.has('8BITMIME') && eighthBit !== 'pass')
    return unfit('mail', '554', '5.6.3 The message has 8-bit content, and the server does not offer 8BITMIME')
  const encoded = text === content ? null : binary ? 'base64' : 'seven-bit'
  return { content: text, encoded, body: eight && extensions.has('8BITMIME') ? '8BITMIME' : null }
}
