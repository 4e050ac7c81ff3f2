/**
 * What is said of a message, and what becomes of its content, with a server that offers these extensions: parameters only
 * where they are understood, encoded where eight bits or lone line ends are not taken (RFC 6152 3, RFC 3030 3), and not
 * even begun where it cannot be (RFC 1870 6.1, RFC 6531 3.5).
 */
import type { Octets } from '../../bytes/octets.ts'
import { bodyAt } from '../../message/fields.ts'
import { sevenBit } from '../../message/mime/build/seven-bit.ts'
import type { ClientDone, ClientFailure, ClientMessage } from '../client-types.ts'
import type { Addressee } from '../envelope.ts'
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
}

type Fitted = Pick<Prepared, 'content' | 'encoded'> & { body: '8BITMIME' | 'BINARYMIME' | null }

export function prepared(message: ClientMessage, extensions: Extensions): Prepared | ClientFailure {
  const { envelope } = message
  const utf8 = needsUtf8(message)
  if (utf8 && !extensions.has('SMTPUTF8'))
    return unfit('mail', '550', '5.6.7 An address needs SMTPUTF8, and the server does not offer it')
  const fitted = fit(message, extensions)
  if ('outcome' in fitted) return fitted
  const { content, encoded, body } = fitted
  const limit = Number(extensions.get('SIZE') ?? 0)
  if (limit > 0 && content.length > limit)
    return unfit('mail', '552', `5.3.4 The message has ${content.length} octets, and the server takes ${limit}`)
  const dsn = extensions.has('DSN')
  const resumable = message.transid !== undefined && extensions.has('CHECKPOINT') && body !== 'BINARYMIME'
  const { how = 'MAIL', ret = null, envid = null } = envelope
  // RFC 821 3.4: where the server cannot write onto terminals, a letter is what SOML and SAML allow, and all there is.
  const verb = how !== 'MAIL' && extensions.has(how) ? how : 'MAIL'
  const parameters = [
    ...(extensions.has('SIZE') ? [`SIZE=${content.length}`] : []),
    ...(body === null ? [] : [`BODY=${body}`]),
    ...(dsn && ret !== null ? [`RET=${ret}`] : []),
    ...(dsn && envid !== null ? [`ENVID=${envid}`] : []),
    ...(utf8 ? ['SMTPUTF8'] : []),
    ...(resumable ? [`TRANSID=${message.transid}`] : []),
  ]
  return {
    mail: [`${verb} FROM:<${pathText(envelope.from)}>`, ...(verb === 'MAIL' ? parameters : [])].join(' '),
    rcpts: envelope.recipients.map((to) => rcpt(to, dsn)),
    content,
    encoded,
    // A transaction that may have to be taken up again goes by DATA, as RFC 1845 knows it.
    chunked: extensions.has('CHUNKING') && !resumable,
    resumable,
  }
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
  if (binary) {
    const text = sevenBit(content)
    if (eighthBit === 'refuse' || isBinary(text))
      return unfit('mail', '554', '5.6.3 The message holds more than lines, and the server does not offer BINARYMIME')
    return { content: text, encoded: text === content ? null : 'base64', body: null }
  }
  const eight = isEightBit(content)
  if (!eight) return { content, encoded: null, body: null }
  if (extensions.has('8BITMIME')) return { content, encoded: null, body: '8BITMIME' }
  if (eighthBit === 'pass') return { content, encoded: null, body: null }
  const text = eighthBit === 'convert' ? sevenBit(content) : content
  if (isEightBit(text))
    return unfit('mail', '554', '5.6.3 The message has 8-bit content, and the server does not offer 8BITMIME')
  return { content: text, encoded: 'seven-bit', body: null }
}
