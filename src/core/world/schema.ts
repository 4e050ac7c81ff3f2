/**
 * The form of a world file: which hosts there are, what runs on them, who has a mailbox where. Teachers write it as YAML.
 *
 *     name: first            a word
 *     title: { en: ..., fr: ... }
 *     epoch: "2026-09-07T08:00:00Z"      the moment at which the world begins
 *     hosts:
 *       mail.ici.example:
 *         address: 192.0.2.1
 *         services: { smtp: {} }
 *         mail: { domains: [ici.example] }
 *     zones:
 *       ici.example: { server: mail.ici.example, records: ["@ MX 10 mail", "mail A 192.0.2.1"] }
 *     accounts:
 *       - { address: jean@ici.example, password: cerise, name: Jean Petit, host: mail.ici.example }
 *     people:
 *       - { name: Jean, host: mail.ici.example, account: jean@ici.example }
 *
 * Only `name`, `title`, `epoch` and `hosts` must be there. A key that is not listed below is an error. Durations are
 * written 10ms, 5s, 15m, 4h, 5d (a clock that is off: +5m, -25m); sizes 500 kB, 10 MB or a number of octets; addresses
 * come from the ranges for documentation; host names and domains are in lower case. What may be left out, and what
 * stands for it then:
 *
 * - world: zone "+0000", seed 1, no links, zones, accounts, people, faults, facts
 * - host: no organisation, no roles, the world's zone, clock right, 10ms to the Internet, no resolver (it can look up
 *   nothing), its own name in the reverse zone (`reverse: null` leaves it out, another name there is a lie), up, no
 *   services, no mail, no webmail (`webmail: { accounts: HOST }` has one for the accounts of that host, on port 80; with
 *   `https: 443` it is there, with TLS, and port 80 only leads to it), no
 *   files, no variants
 * - service: for each its well-known port (smtp 25, submission 587, submissions 465, lmtp 24, pop3 110, pop3s 995, imap
 *   143, imaps 993; submissions, pop3s and imaps begin with TLS), in POP3 and IMAP everything that the server can do, AUTH
 *   with PLAIN LOGIN CRAM-MD5 (and SCRAM-SHA-256 in POP3 and IMAP) and no need of TLS for the accounts of its own host
 *   (`accounts:` names another), no texts or answers of its own, any number of errors. `size: null` sets no limit, and
 *   EHLO then says SIZE alone; `errors: null` and `idle: null` likewise.
 * - SMTP: dialect lenient, PIPELINING SIZE 8BITMIME ENHANCEDSTATUSCODES DSN SMTPUTF8 CHUNKING HELP (and AUTH where one hands
 *   mail in; LMTP without HELP), at most 50 MiB (52428800) and 100 recipients a message, 5m of silence, no look-up of the
 *   caller's name (`reverse`), no link in Received (`via: TCP`), no mechanism found too weak (`weak`), no `local` commands
 * - POP3: dialect lenient, APOP, USER taken for anybody (`tellsUsers`), no `loginDelay`, `expire` never (or a number of days), the same for all (`perUser`),
 *   lines of 255 octets, 10m of silence
 * - IMAP: `greeting: ok` (or `bye`, or `{ preauth: user }`), STARTTLS, lines of 65536 octets without literals, messages
 *   of 50 MiB in APPEND, 30m of silence
 * - mail: final for no domain, no transports, no smarthost, relays for nobody but who logged in, strips source routes,
 *   no aliases, lists, forwards, gateways; tries again after 1m, 5m, 15m, 1h, 4h and then every 4h, tells the sender once that a
 *   message waits after 4h (`notice`), gives up after 5d; 5 connections to a host at the same time; a queue of 10000
 *   messages and 256 MB; no mail waits here until it is asked for (`waiting`), none is asked for elsewhere (`collect`, every
 *   1h); 30 hops; no greylisting, no rate limit, no mail bombing noticed (`bombing`); converts 8-bit content
 *   for a host without 8BITMIME, and touches no other message; a store of 1 GB; nobody is sent elsewhere, no shared
 *   mailboxes
 * - account: user is the part before the @, name the user, no quota but the store's, no automatic reply (`vacation`), no
 *   `filter` (a Sieve script), no password that has to move to another form (`transition`), no mail, no `mailboxes` beside INBOX and those that
 *   everybody has, none that lie elsewhere (`remote`)
 * - link: 10ms, no loss, any rate, not cut
 *
 * A host has more services under `more`, each with a name of its own, `protocol: pop3` or `imap`, a port, and
 * `secure: true` where it begins with TLS: `more: { preauth: { protocol: imap, port: 1143, greeting: { preauth: bruno } } }`.
 *
 * `texts` of a service say a reply otherwise: `greeting`, VERB.outcome as the protocol's commands.ts names them (RCPT.ok,
 * QUIT.bye; `..accepted` is SMTP's answer to the lone dot), or what any command may be told (unrecognized, syntax ...). In
 * them {host} is the server's name, {helo} the client's, {peer} its address, {path} the address in the command, {date}
 * the time, {id} the message's number in the queue, {size} the limit. `answers: { MAIL: later }` is a server out of
 * order: this command always gets that outcome.
 *
 * What else EHLO may tell stands among the `capabilities`: STARTTLS, AUTH, VRFY, EXPN, ETRN (RFC 1985), BINARYMIME (which
 * needs CHUNKING), CHECKPOINT (RFC 1845), and of RFC 821 SEND, SOML, SAML and TURN. A verb that is known and not offered is
 * answered 502. `auth: { weak: [PLAIN] }` finds a mechanism too weak (534). `local` are commands of this host alone, which
 * begin with X, answer, and do nothing else; code 250, no status, and legal once HELO was said, unless told otherwise:
 * `local: { XCLOCK: { text: "{host} says {date}" } }`, or
 * `XPING: { syntax: XPING word, code: "250", status: "2.0.0", text: pong, legalIn: [connected, ready] }`.
 *
 * `transports: { lyon.example: "lmtp:store.lyon.example" }` hands mail for a domain to a host without a look-up, by LMTP
 * (RFC 2033) where `lmtp:` stands before it; another port stands behind a colon. `waiting` are domains whose host is there
 * only now and then, `{ ile.example: { host: mail.ile.example, networks: [203.0.113.60/32] } }`: their mail stays here until
 * that host says TURN, or somebody in those networks ETRN. The host itself may ask every so often by
 * `collect: [{ from: mx2.rennes.example, by: ETRN, every: 1h }]`.
 *
 * `gateways` are domains of the X.400 world: `{ x400.example: "/O=x400/PRMD=facteur/ADMD= /C=FR/" }` translates what goes
 * there into a memo, and a memo that comes in into a message (RFC 2156, mta/gateway). `transports` say to which host.
 *
 * `files` of a host are there to be read: `/pub/rfc/rfc1341.txt: "text"`, or `{ base64: ... }` for octets that are no
 * text. Mail that lies in an account's mailbox when the world begins is a whole message (as text, with its header, or as
 * `{ base64: ... }`) or its parts (from, to, subject, date, text; `octets: 7124` fills it up to that size). What is no mere
 * text may say how it lies there: `{ message: "text", flags: [\Seen], received: "1996-07-17T02:44:25-07:00" }`, `old: true`
 * where a session of before has seen it come, `times: 73` for so many of them. `{ mbox: "From ..." }` is a whole file of
 * messages, whose `Status:` lines say their flags.
 *
 * Mailboxes may lie elsewhere: `referrals: { charles: { password: capucine, url: "imap://..." } }` of mail sends a login on
 * (RFC 2221), `remote: { Annales: "imap://..." }` of an account a mailbox (RFC 2193). `shared` of mail are mailboxes of the
 * host under `Shared/`: `{ Annales: { acl: { anyone: lr, claire: lrswit }, mail: [...] } }`.
 *
 * `touches` of mail say what a host does to messages that are not its own. `disclaimer` is a text that it puts under
 * all that it takes in; `footer` of a list is one under all that goes through the list. `eighthBit` is about octets above
 * 127 where 8BITMIME is not offered: `convert` encodes such a message before it is handed on, `refuse` returns it (RFC
 * 6152 3 leaves the choice), `pass` hands it on all the same, `strip` clears the eighth bit of all that this host takes
 * in. See mta/touch.ts for what becomes of messages with several parts.
 *
 * `variants` of a host hold what a script or lesson may choose instead: of services all but their ports; of mail its
 * relaying, its source routes, what waits there and what it collects. Blocks are merged, lists and values replaced.
 */
import * as v from 'valibot'
import { account, shared, written } from './mailbox-forms.ts'
import * as is from './scalars.ts'
import { services, variantServices } from './service-forms.ts'
import { SERVICES } from './services.ts'
import { keys } from './yaml.ts'

const relay = keys({
  networks: v.optional(v.array(is.network), []),
  domains: v.optional(v.array(is.domain), []),
  all: v.optional(v.boolean(), false),
})
const sourceRoutes = v.picklist(['strip', 'follow'])

const waiting = v.record(is.domain, keys({ host: is.hostName, networks: v.optional(v.array(is.network), []) }))
const collect = v.array(
  keys({ from: is.hostName, by: v.picklist(['ETRN', 'TURN']), every: v.optional(is.duration, '1h') }),
)

/** `mx.lyon.example`, or `lmtp:store.lyon.example`, to its well-known port; another stands behind a colon. */
const transport = v.pipe(
  v.string(),
  v.regex(/^(?:lmtp:)?[a-z0-9[\].-]+(?::\d{1,5})?$/, 'A host stands here, with lmtp: before it where it speaks LMTP.'),
  v.transform((told) => {
    const [, lmtp, host = '', port] = /^(lmtp:)?(.*?)(?::(\d+))?$/.exec(told) ?? []
    const protocol = lmtp === undefined ? ('smtp' as const) : ('lmtp' as const)
    return { host, protocol, port: port === undefined ? SERVICES[protocol].port : Number(port) }
  }),
)

const mail = keys({
  domains: v.optional(v.array(is.domain), []),
  transports: v.optional(v.record(is.domain, transport), {}),
  gateways: v.optional(v.record(is.domain, is.orAttributes), {}),
  smarthost: v.optional(v.nullable(is.hostName), null),
  relay: v.optional(relay, {}),
  sourceRoutes: v.optional(sourceRoutes, 'strip'),
  aliases: v.optional(v.record(is.mailbox, v.array(is.mailbox)), {}),
  lists: v.optional(
    v.record(
      is.mailbox,
      keys({
        name: is.shownText,
        owner: is.mailbox,
        members: v.array(is.mailbox),
        footer: v.exactOptional(is.wireText),
      }),
    ),
    {},
  ),
  forwards: v.optional(
    v.record(is.mailbox, keys({ to: is.mailbox, reply: v.optional(v.picklist([251, 551]), 251) })),
    {},
  ),
  unverifiable: v.optional(v.array(is.mailbox), []),
  retry: v.optional(
    keys({
      after: v.optional(v.pipe(v.array(is.duration), v.minLength(1, 'At least one delay stands here.')), [
        '1m',
        '5m',
        '15m',
        '1h',
        '4h',
      ]),
      expire: v.optional(is.duration, '5d'),
      notice: v.optional(v.nullable(is.duration), '4h'),
    }),
    {},
  ),
  connections: v.optional(is.count, 5),
  queue: v.optional(keys({ messages: v.optional(is.count, 10_000), octets: v.optional(is.octets, 256_000_000) }), {}),
  waiting: v.optional(waiting, {}),
  collect: v.optional(collect, []),
  hops: v.optional(is.count, 30),
  policy: v.optional(
    keys({
      /** A stranger's first try for a recipient is answered 450; after this time it is taken. */
      greylist: v.optional(v.nullable(is.duration), null),
      /** More messages than that from one address in that time are answered 450. */
      rate: v.optional(v.nullable(keys({ messages: is.count, per: is.duration })), null),
      /** More than that for one mailbox in that time is noticed as mail bombing. */
      bombing: v.optional(v.nullable(keys({ messages: is.count, per: is.duration })), null),
    }),
    {},
  ),
  touches: v.optional(
    keys({
      disclaimer: v.optional(v.nullable(is.wireText), null),
      eighthBit: v.optional(v.picklist(['convert', 'refuse', 'pass', 'strip']), 'convert'),
    }),
    {},
  ),
  store: v.optional(
    keys({
      limit: v.optional(is.octets, 1_000_000_000),
      /** Of the first mailbox that is made; else the second in which the world begins. */
      uidValidity: v.optional(v.nullable(is.count), null),
    }),
    {},
  ),
  referrals: v.optional(v.record(is.login, keys({ password: is.wireText, url: is.imapUrl })), {}),
  shared: v.optional(v.record(is.mailboxName, shared), {}),
})

const variant = keys({
  services: v.optional(variantServices),
  mail: v.optional(
    keys({
      relay: v.optional(v.partial(relay)),
      sourceRoutes: v.optional(sourceRoutes),
      waiting: v.optional(waiting),
      collect: v.optional(collect),
    }),
  ),
})

const roles = ['mua', 'msa', 'mta', 'mx', 'mda', 'dns', 'laptop', 'printer', 'web', 'outside'] as const

const host = keys({
  address: is.address,
  organisation: v.optional(v.nullable(is.domain), null),
  roles: v.optional(v.array(v.picklist(roles)), []),
  zone: v.optional(v.nullable(is.zone), null),
  clock: v.optional(is.signedDuration, '+0ms'),
  delay: v.optional(is.duration, '10ms'),
  resolver: v.optional(v.nullable(is.hostName), null),
  reverse: v.exactOptional(v.nullable(is.hostName)),
  down: v.optional(v.boolean(), false),
  services: v.optional(services, {}),
  mail: v.optional(v.nullable(mail), null),
  /** A webmail for the accounts of that host, by HTTP; by HTTP over TLS (RFC 9110 4.2.2) where it has a port for that. */
  webmail: v.exactOptional(
    keys({ accounts: is.hostName, port: v.optional(is.port, 80), https: v.optional(v.nullable(is.port), null) }),
  ),
  files: v.optional(v.record(is.filePath, written), {}),
  variants: v.optional(v.record(is.word, variant), {}),
})

const link = keys({
  between: v.pipe(
    v.array(is.hostName),
    v.length(2, 'Two host names stand here: [a.example, b.example].'),
    v.transform(([one = '', other = '']) => [one, other] as const),
  ),
  delay: v.optional(is.duration, '10ms'),
  loss: v.optional(is.chance, 0),
  rate: v.optional(v.nullable(is.count), null),
  cut: v.optional(v.boolean(), false),
})

const zone = keys({
  server: is.hostName,
  ttl: v.optional(is.count, 3600),
  records: v.optional(v.array(v.string()), []),
  faults: v.optional(
    v.array(
      keys({
        answer: v.picklist(['servfail', 'silence']),
        from: v.optional(is.duration, '0ms'),
        until: v.exactOptional(is.duration),
      }),
    ),
    [],
  ),
})

const person = keys({ name: is.shownText, host: is.hostName, account: v.optional(v.nullable(is.mailbox), null) })

/** What else a world holds, for tests and for the curious: one of each thing that is hard to find otherwise. */
const facts = keys({
  list: v.exactOptional(is.mailbox),
  alias: v.exactOptional(keys({ address: is.mailbox, account: is.mailbox })),
  /** Words for VRFY at the first account's MX: 553 and candidates, 252, 251, 551. */
  ambiguous: v.exactOptional(is.word),
  unverifiable: v.exactOptional(is.word),
  forward251: v.exactOptional(is.word),
  moved551: v.exactOptional(is.word),
  /** Domains: one that takes no mail (RFC 7505), one whose host does not answer. */
  nullmx: v.exactOptional(is.domain),
  down: v.exactOptional(is.domain),
  /** Accounts: behind a host without 8BITMIME, with a small quota, behind a greylist, with an automatic reply. */
  sevenbit: v.exactOptional(is.mailbox),
  quota: v.exactOptional(is.mailbox),
  greylisted: v.exactOptional(is.mailbox),
  vacation: v.exactOptional(is.mailbox),
  /** An account whose mail goes through a filter. */
  filter: v.exactOptional(is.mailbox),
  /** A list that puts its footer under the message; an account behind a host that clears the eighth bit. */
  footerList: v.exactOptional(is.mailbox),
  strips: v.exactOptional(is.mailbox),
  /** Accounts: the exchanger offers that extension. */
  dsn: v.exactOptional(is.mailbox),
  chunking: v.exactOptional(is.mailbox),
  binarymime: v.exactOptional(is.mailbox),
  checkpoint: v.exactOptional(is.mailbox),
  smtputf8: v.exactOptional(is.mailbox),
  /** A host that delivers by LMTP, and an account there; one that hears ETRN, and a domain whose mail waits for it. */
  lmtp: v.exactOptional(keys({ host: is.hostName, address: is.mailbox })),
  etrn: v.exactOptional(keys({ host: is.hostName, domain: is.domain })),
  /** A host that translates for the X.400 world, and an account there. */
  gateway: v.exactOptional(keys({ host: is.hostName, address: is.mailbox })),
  /** Accounts: with a password that has to move (432), where mail bombing is noticed. */
  transition: v.exactOptional(is.mailbox),
  bombing: v.exactOptional(is.mailbox),
  /** A command that only this host has. */
  xcommand: v.exactOptional(keys({ host: is.hostName, verb: v.string() })),
  /** A host that wants TLS before a password. */
  refusesPlain: v.exactOptional(is.hostName),
  /** A login that is sent elsewhere (RFC 2221), a mailbox that lies elsewhere (RFC 2193). */
  referral: v.exactOptional(keys({ host: is.hostName, user: is.login })),
  remoteMailbox: v.exactOptional(is.mailboxName),
  /** IMAP services that greet with PREAUTH and with BYE. */
  preauth: v.exactOptional(keys({ host: is.hostName, service: is.word })),
  bye: v.exactOptional(keys({ host: is.hostName, service: is.word })),
})

/** The form alone; `worldSchema` of parse.ts also looks across the file. */
export const worldForm = keys({
  name: is.word,
  title: keys({ en: is.shownText, fr: is.shownText }),
  epoch: is.moment,
  zone: v.optional(is.zone, '+0000'),
  seed: v.optional(v.pipe(v.number(), v.safeInteger('A seed is a whole number.')), 1),
  hosts: v.record(is.hostName, host),
  links: v.optional(v.array(link), []),
  zones: v.optional(v.record(is.domain, zone), {}),
  accounts: v.optional(v.array(account), []),
  people: v.optional(v.array(person), []),
  faults: v.optional(v.array(keys({ at: is.duration, do: v.string() })), []),
  facts: v.optional(facts, {}),
})

/** A checked world: plain data, every default in place, durations in milliseconds, moments since 1970. */
export type WorldFile = v.InferOutput<typeof worldForm>
export type HostFile = WorldFile['hosts'][string]
export type AccountFile = WorldFile['accounts'][number]
export type MessageFile = AccountFile['mail'][number]
export type SharedFile = NonNullable<HostFile['mail']>['shared'][string]
/** What a file or a message holds, as the world file writes it. */
export type Written = HostFile['files'][string]
