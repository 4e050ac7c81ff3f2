/** Who has a mailbox where, and what lies in mailboxes when the world begins: as a world file writes it. */
import * as v from 'valibot'
import * as is from './scalars.ts'
import { keys } from './yaml.ts'

/** Text, as UTF-8, or octets that are no text: `{ base64: "iVBORw0KGgo=" }`. */
const octetsForm = keys({ base64: is.base64 })
export const written = v.lazy((input) => (typeof input === 'string' ? is.text : octetsForm))

/** How a message lies there, whatever it is. */
const lying = {
  flags: v.optional(v.array(is.flag), []),
  /** Its internal date; else when the world begins. */
  received: v.optional(v.nullable(is.moment), null),
  /** A session of before has seen that it came: it is not \Recent, and nor is what lies before it. */
  old: v.optional(v.boolean(), false),
  /** So many of them. */
  times: v.optional(is.count, 1),
}

const whole = keys({ message: is.text, ...lying })
const encoded = keys({ base64: is.base64, ...lying })
const parts = keys({
  from: is.wireText,
  to: v.optional(v.nullable(is.wireText), null),
  subject: is.wireText,
  date: v.optional(v.nullable(is.moment), null),
  text: is.wireText,
  /** Filled up with lines of text until it has so many octets. */
  octets: v.optional(v.nullable(is.octets), null),
  ...lying,
})

/** Many messages in one file (RFC 4155), with the flags that its `Status:` lines say. */
const mbox = keys({ mbox: written })

const messageForm = (input: unknown) => {
  if (typeof input === 'string') return is.text
  if (typeof input !== 'object' || input === null) return parts
  if ('mbox' in input) return mbox
  return 'base64' in input ? encoded : 'message' in input ? whole : parts
}
const messages = v.array(v.lazy(messageForm))

const accountForm = keys({
  address: is.mailbox,
  user: v.optional(v.nullable(is.login), null),
  password: is.wireText,
  name: v.optional(is.shownText, ''),
  host: is.hostName,
  quota: v.optional(v.nullable(is.octets), null),
  /** What is answered while the person is away (RFC 3834). */
  vacation: v.optional(v.nullable(is.wireText), null),
  /** A Sieve script (RFC 5228) that each message is put before. */
  filter: v.optional(v.nullable(is.sieveScript), null),
  /** AUTH by CRAM-MD5 or SCRAM is told 432 until somebody has logged in with PLAIN or LOGIN (RFC 4954 6). */
  transition: v.optional(v.boolean(), false),
  mail: v.optional(messages, []),
  mailboxes: v.optional(v.record(is.mailboxName, messages), {}),
  remote: v.optional(v.record(is.mailboxName, is.imapUrl), {}),
})

export const account = v.pipe(
  accountForm,
  v.transform((given) => {
    const user = given.user ?? given.address.slice(0, given.address.lastIndexOf('@'))
    return { ...given, user, name: given.name === '' ? user : given.name }
  }),
)

/** A mailbox of a host that is nobody's own: who may do what in it (RFC 4314). */
export const shared = keys({
  acl: v.record(is.identifier, is.rights),
  mail: v.optional(messages, []),
})
