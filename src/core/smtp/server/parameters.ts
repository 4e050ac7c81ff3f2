/**
 * Parameters of MAIL and RCPT: which of them this host offers, and whether their values are what their rows say (RFC 5321
 * 4.1.1.11). A parameter twice is 501, for none of them means anything then; one that is not offered is 555.
 */
import type { ParameterRow } from '../../engine.ts'
import type { SmtpBackend } from '../backend.ts'
import type { Parameter } from '../grammar.ts'
import type { SmtpSession } from '../session.ts'

/** RFC 3461 4: what a hexchar does not stand for. */
const XTEXT = '(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+'
/** RFC 3461 4.2, 4.4: what goes into a report is, decoded, of the characters that ASCII can print, and blanks. */
const PRINTABLE = '(?:[!-*,-<>-~]|\\+(?:[2-6][0-9A-F]|7[0-9A-E]))+'
const NOTE = '(?:SUCCESS|FAILURE|DELAY)'
/** RFC 1845 2: no specials of MIME in it. */
const ATOM = "[!#$%&'*+\\-0-9A-Z^_`a-z{|}~]+"
const TOKEN = `${ATOM}(?:\\.${ATOM})*`

interface Form {
  form: RegExp
  /** Octets of the value. */
  most: number
}

/** By keyword; what is not here has no value. */
const forms: Readonly<Partial<Record<string, Form>>> = {
  SIZE: { form: /^\d+$/, most: 20 },
  BODY: { form: /^(?:7BIT|8BITMIME|BINARYMIME)$/i, most: 10 },
  RET: { form: /^(?:FULL|HDRS)$/i, most: 4 },
  // RFC 3461 5.4: so long at least; and no longer here.
  ENVID: { form: new RegExp(`^${PRINTABLE}$`), most: 100 },
  NOTIFY: { form: new RegExp(`^(?:NEVER|${NOTE}(?:,${NOTE})*)$`, 'i'), most: 100 },
  ORCPT: { form: new RegExp(`^[A-Za-z0-9-]+;${PRINTABLE}$`), most: 500 },
  TRANSID: { form: new RegExp(`^<${TOKEN}@${TOKEN}>$`), most: 80 },
  // RFC 4954 5: `<>`, or a mailbox.
  AUTH: { form: new RegExp(`^(?:<>|${XTEXT})$`), most: 500 },
}

type Refusal =
  { outcome: 'unknownParameter'; values: { parameter: string } } | { outcome: 'syntax'; values: { syntax: string } }

/** What is wrong with the first that is wrong; null where all are right. */
export function refuseParameters(
  given: readonly Parameter[],
  rows: readonly ParameterRow[],
  session: SmtpSession,
  backend: SmtpBackend,
): Refusal | null {
  for (let at = 0; at < given.length; at++) {
    const { keyword, value } = given[at]!
    const row = rows.find((other) => other.keyword === keyword)
    if (!row || !isOffered(row, value, session, backend))
      return { outcome: 'unknownParameter', values: { parameter: keyword } }
    const twice = given.findIndex((other) => other.keyword === keyword) !== at
    if (twice || !fits(keyword, value)) return { outcome: 'syntax', values: { syntax: row.syntax } }
  }
  return null
}

function fits(keyword: string, value: string | null): boolean {
  const form = forms[keyword]
  if (!form) return value === null
  return value !== null && value.length <= form.most && form.form.test(value)
}

/** BODY belongs to two extensions, each with its own values (RFC 6152 3, RFC 3030 3); HELO promises no UTF-8 (RFC 6531 3.1). */
function isOffered(row: ParameterRow, value: string | null, session: SmtpSession, backend: SmtpBackend): boolean {
  const { capabilities } = backend.profile
  if (row.keyword === 'SMTPUTF8' && !session.client.esmtp) return false
  if (row.keyword !== 'BODY') return row.extension === null || capabilities.includes(row.extension)
  const eight = capabilities.includes('8BITMIME')
  const binary = capabilities.includes('BINARYMIME')
  switch (value?.toUpperCase()) {
    case 'BINARYMIME':
      return binary
    case '8BITMIME':
      return eight
    default:
      return eight || binary
  }
}
