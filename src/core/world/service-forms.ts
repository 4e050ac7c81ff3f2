/**
 * The services of a host as a world file writes them: SMTP, POP3 and IMAP, each with what it offers, says and bears. What
 * may be left out, and what stands for it then, is told on top of schema.ts.
 */
import * as v from 'valibot'
import * as is from './scalars.ts'
import { SERVICES, type ServiceName } from './services.ts'
import { keys } from './yaml.ts'

/** What EHLO may tell, in the words of IANA's registry. */
const smtpCapabilities = [
  ...['PIPELINING', 'SIZE', '8BITMIME', 'ENHANCEDSTATUSCODES', 'STARTTLS', 'AUTH', 'DSN', 'VRFY', 'EXPN', 'HELP'],
  ...['SMTPUTF8', 'CHUNKING', 'BINARYMIME', 'CHECKPOINT', 'ETRN', 'SEND', 'SOML', 'SAML', 'TURN'],
] as const

/** What CAPA may tell, likewise; numbers and names behind a tag come from the other keys. */
const pop3Capabilities = [
  ...['TOP', 'USER', 'SASL', 'RESP-CODES', 'AUTH-RESP-CODE', 'LOGIN-DELAY', 'PIPELINING', 'EXPIRE', 'UIDL', 'STLS'],
  ...['UTF8', 'LANG', 'IMPLEMENTATION'],
] as const

type SmtpCapability = (typeof smtpCapabilities)[number]

/** All that the IMAP server can do. AUTH=, STARTTLS and LOGINDISABLED follow from `auth` and `startTls`. */
const EVERYTHING = [
  ...['IMAP4rev1', 'IMAP4rev2', 'LITERAL+', 'SASL-IR', 'LOGIN-REFERRALS', 'ID', 'ENABLE', 'IDLE', 'NAMESPACE'],
  ...['UNSELECT', 'UIDPLUS', 'MOVE', 'CHILDREN', 'ESEARCH', 'SEARCHRES', 'SORT', 'SORT=DISPLAY', 'ESORT'],
  ...['CONTEXT=SEARCH', 'CONTEXT=SORT', 'THREAD=REFERENCES', 'THREAD=ORDEREDSUBJECT', 'MULTIAPPEND'],
  ...['MAILBOX-REFERRALS', 'SCAN', 'WITHIN', 'BINARY', 'CATENATE', 'CONDSTORE', 'QRESYNC', 'SPECIAL-USE'],
  ...['CREATE-SPECIAL-USE', 'LIST-EXTENDED', 'LIST-STATUS', 'STATUS=SIZE', 'QUOTA', 'QUOTA=RES-STORAGE'],
  ...['QUOTA=RES-MESSAGE', 'ACL', 'RIGHTS=kxte', 'UTF8=ACCEPT', 'APPENDLIMIT=52428800'],
]

const MECHANISMS = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const
type Mechanism = (typeof MECHANISMS)[number]

const auth = (mechanisms: Mechanism[]) =>
  keys({
    mechanisms: v.optional(v.array(v.picklist(MECHANISMS)), mechanisms),
    needsTls: v.optional(v.boolean(), false),
    accounts: v.optional(v.nullable(is.hostName), null),
  })

const smtpLimits = keys({
  size: v.optional(v.nullable(is.octets), 52_428_800),
  recipients: v.optional(is.count, 100),
  errors: v.optional(v.nullable(is.count), null),
  idle: v.optional(v.nullable(is.duration), '5m'),
})

const pop3Limits = keys({
  line: v.optional(is.count, 255),
  errors: v.optional(v.nullable(is.count), null),
  idle: v.optional(v.nullable(is.duration), '10m'),
})

const imapLimits = keys({
  line: v.optional(is.count, 65_536),
  append: v.optional(is.octets, 52_428_800),
  errors: v.optional(v.nullable(is.count), null),
  idle: v.optional(v.nullable(is.duration), '30m'),
})

/** Replies said otherwise, and commands that always have the same outcome: any service's. */
const words = {
  texts: v.optional(v.record(v.string(), is.wireText), {}),
  answers: v.optional(v.record(v.string(), v.string()), {}),
}

/** A mechanism may be there and be found too weak: 534 (RFC 4954 6). */
const smtpAuth = keys({
  ...auth(['PLAIN', 'LOGIN', 'CRAM-MD5']).entries,
  weak: v.optional(v.array(v.picklist(MECHANISMS)), []),
})
const readingAuth = auth(['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'])

/** A command of this host alone (RFC 5321 4.1.5); it answers, and does nothing else. */
const localCommand = keys({
  syntax: v.exactOptional(is.wireText),
  code: v.optional(v.pipe(v.string(), v.regex(/^[245][0-5]\d$/, 'A reply code like 250 or 550 stands here.')), '250'),
  status: v.optional(
    v.nullable(v.pipe(v.string(), v.regex(/^[245]\.\d{1,3}\.\d{1,3}$/, 'A status like 2.0.0 stands here.'))),
    null,
  ),
  text: is.wireText,
  legalIn: v.optional(v.array(v.picklist(['connected', 'ready', 'mail', 'recipients'])), [
    'ready',
    'mail',
    'recipients',
  ]),
})
const localVerb = v.pipe(
  v.string(),
  v.regex(/^X[A-Z0-9-]{1,19}$/, 'A command of this host begins with X, in capitals.'),
)

const smtp = (capabilities: SmtpCapability[]) => ({
  dialect: v.optional(v.picklist(['rfc821', 'rfc5321', 'lenient']), 'lenient'),
  capabilities: v.optional(v.array(v.picklist(smtpCapabilities)), capabilities),
  ...words,
  reverse: v.optional(v.boolean(), false),
  /** The link, in Received (RFC 5321 4.4). */
  via: v.optional(v.literal('TCP')),
  local: v.optional(v.record(localVerb, localCommand), {}),
  auth: v.optional(smtpAuth, {}),
  limits: v.optional(smtpLimits, {}),
})

const pop3 = {
  dialect: v.optional(v.picklist(['rfc1939', 'lenient']), 'lenient'),
  capabilities: v.optional(v.array(v.picklist(pop3Capabilities)), [...pop3Capabilities]),
  ...words,
  apop: v.optional(v.boolean(), true),
  /** USER says at once whether there is such a mailbox (RFC 1939 13 warns of it). */
  tellsUsers: v.optional(v.boolean(), false),
  /** Between two logins to one maildrop (RFC 2449 6.5). */
  loginDelay: v.optional(is.duration, '0s'),
  /** How many days a message may stay (RFC 2449 6.7). */
  expire: v.optional(v.union([v.literal('never'), v.pipe(v.number(), v.integer(), v.minValue(0))]), 'never'),
  /** CAPA says before the login that the two above may differ by user. */
  perUser: v.optional(v.boolean(), false),
  auth: v.optional(readingAuth, {}),
  limits: v.optional(pop3Limits, {}),
}

const imap = {
  greeting: v.optional(v.union([v.picklist(['ok', 'bye']), keys({ preauth: is.word })]), 'ok'),
  capabilities: v.optional(v.array(is.capability), EVERYTHING),
  ...words,
  startTls: v.optional(v.boolean(), true),
  auth: v.optional(readingAuth, {}),
  limits: v.optional(imapLimits, {}),
}

const at = (name: ServiceName) => ({ port: v.optional(is.port, SERVICES[name].port) })
/** What Postfix offers by itself, but for VRFY and ETRN. */
const local: SmtpCapability[] = [
  ...(['PIPELINING', 'SIZE', '8BITMIME', 'ENHANCEDSTATUSCODES', 'DSN', 'SMTPUTF8', 'CHUNKING'] as const),
]
const usual: SmtpCapability[] = [...local, 'HELP']
const loggingIn: SmtpCapability[] = [...usual, 'AUTH']

/** One more service under a name of its own, beside those that have their well-known names and ports. */
const another = { port: is.port, secure: v.optional(v.boolean(), false) }
const anotherPop3 = keys({ protocol: v.literal('pop3'), ...another, ...pop3 })
const anotherImap = keys({ protocol: v.literal('imap'), ...another, ...imap })
const more = v.lazy((input) => (isPop3(input) ? anotherPop3 : anotherImap))

export const services = keys({
  smtp: v.exactOptional(keys({ ...at('smtp'), ...smtp(usual) })),
  submission: v.exactOptional(keys({ ...at('submission'), ...smtp(loggingIn) })),
  submissions: v.exactOptional(keys({ ...at('submissions'), ...smtp(loggingIn) })),
  lmtp: v.exactOptional(keys({ ...at('lmtp'), ...smtp(local) })),
  pop3: v.exactOptional(keys({ ...at('pop3'), ...pop3 })),
  pop3s: v.exactOptional(keys({ ...at('pop3s'), ...pop3 })),
  imap: v.exactOptional(keys({ ...at('imap'), ...imap })),
  imaps: v.exactOptional(keys({ ...at('imaps'), ...imap })),
  more: v.optional(v.record(is.word, more), {}),
})

const variant = <Entries extends v.ObjectEntries>(entries: Entries) => v.partial(keys(entries)).entries
const smtpVariant = keys({
  ...variant(smtp([])),
  auth: v.optional(v.partial(smtpAuth)),
  limits: v.optional(v.partial(smtpLimits)),
})
const readingVariants = {
  pop3: { ...variant(pop3), auth: v.optional(v.partial(readingAuth)), limits: v.optional(v.partial(pop3Limits)) },
  imap: { ...variant(imap), auth: v.optional(v.partial(readingAuth)), limits: v.optional(v.partial(imapLimits)) },
}
const pop3Variant = keys(readingVariants.pop3)
const imapVariant = keys(readingVariants.imap)
const anotherPop3Variant = keys({ protocol: v.literal('pop3'), ...readingVariants.pop3 })
const anotherImapVariant = keys({ protocol: v.literal('imap'), ...readingVariants.imap })

/** What a variant may change of a host's services. */
export const variantServices = keys({
  smtp: v.optional(smtpVariant),
  submission: v.optional(smtpVariant),
  submissions: v.optional(smtpVariant),
  lmtp: v.optional(smtpVariant),
  pop3: v.optional(pop3Variant),
  pop3s: v.optional(pop3Variant),
  imap: v.optional(imapVariant),
  imaps: v.optional(imapVariant),
  more: v.optional(
    v.record(
      is.word,
      v.lazy((input) => (isPop3(input) ? anotherPop3Variant : anotherImapVariant)),
    ),
  ),
})

const isPop3 = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'protocol' in input && input.protocol === 'pop3'

export type Services = v.InferOutput<typeof services>
export type SmtpServiceFile = NonNullable<Services['smtp']>
export type Pop3ServiceFile = NonNullable<Services['pop3']>
export type ImapServiceFile = NonNullable<Services['imap']>
