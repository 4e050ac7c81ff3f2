/** A person's seat at a machine: what the shell sees of the host, its files, its mail system and its network card. */
import type { Octets } from '../bytes/octets.ts'
import { masterText } from '../dns/masterfile.ts'
import { asctime, mailDate } from '../message/date.ts'
import { mailbox } from '../smtp/path.ts'
import { homeOf } from '../shell/files.ts'
import type { FileTrouble, ShellHost } from '../shell/host.ts'
import { servicesFile } from '../shell/services.ts'
import { Maildir } from '../store/maildir.ts'
import { mboxText } from '../store/mbox.ts'
import type { HostName } from '../terms.ts'
import type { Waiter } from '../task.ts'
import type { TraceEvent } from '../trace/events.ts'
import { hostTime } from './epoch.ts'
import type { World } from './world.ts'

const MAIL_LOG = '/var/log/mail.log'
/** Where Dovecot looks for a person's filter; and how long it may be. */
const FILTER = '.dovecot.sieve'
const FILTER_LIMIT = 65_536
/** Only what is written to a log or a mailbox makes a file longer. */
const GROWING: ReadonlySet<string> = new Set([
  'reply',
  'accepted',
  'expanded',
  'routed',
  'attempt',
  'sent',
  'passed',
  'deferred',
  'failed',
  'bounced',
  'notified',
  'shown',
  'noticed',
  'filtered',
  'delivered',
  'dropped',
  'repeated',
  'touched',
  'removed',
])

/** `as`: whose seat it is where that is no person of this machine: a web server speaks for who logs in at it. */
export function seatAt(world: World, host: HostName, user: string, as: string | null = null): ShellHost {
  const { file, network } = world
  const machine = network.machine(host)
  const config = file.hosts[host]!
  const time = hostTime(file, host)
  const now = () => time.epoch + time.skew + world.clock.now
  const person = file.people.find((other) => other.host === host && loginOf(world, other.account, other.name) === user)
  const account = file.accounts.find(({ address }) => address === (as ?? person?.account))
  const resolver = config.resolver === null ? null : (file.hosts[config.resolver]?.address ?? null)
  const files = new Map<string, () => Octets | null>([
    ['/etc/services', servicesFile],
    ['/etc/hostname', () => `${host}\n`],
    ['/etc/hosts', () => `127.0.0.1\tlocalhost\n${config.address}\t${host} ${host.split('.')[0]}\n`],
    ['/etc/resolv.conf', () => (resolver === null ? '' : `${searchLine(config.organisation)}nameserver ${resolver}\n`)],
  ])
  if (config.mail) files.set(MAIL_LOG, () => world.mailLog(host))
  // Where BIND has the zones that it serves, as they are now.
  const zoneFiles = () =>
    new Map(
      world.naming.zones
        .filter(({ server }) => server === host)
        .map(({ zone }): [string, () => Octets] => [
          `/etc/bind/db.${zone.origin}`,
          () => masterText(zone.origin, zone.records),
        ]),
    )
  // A server has the mailboxes of its accounts, each as one file and as a Maildir. A person's own is mounted on their
  // machine, as the courses' labs had it.
  for (const each of world.stores.get(host)?.accounts.values() ?? [])
    files.set(`/var/mail/${each.user}`, () => spool(world, host, each.user))
  if (account) files.set(`/var/mail/${account.user}`, () => spool(world, account.host, account.user))

  const maildirs = new Map<string, Maildir>()
  for (const each of world.stores.get(host)?.accounts.values() ?? [])
    maildirs.set(`${homeOf(each.user)}/Maildir`, new Maildir(each, host))
  const own = account && world.stores.get(account.host)?.account(account.user)
  // Mounted from the host of the account, as its mailbox is: it may be written, and counts from the next message on.
  const filter = own ? `${homeOf(user)}/${FILTER}` : null
  const setFilter = (text: Octets | null): FileTrouble | null => {
    if (text !== null && text.length > FILTER_LIMIT) return 'File too large'
    own!.filter = text
    return null
  }
  if (own) maildirs.set(`${homeOf(user)}/Maildir`, new Maildir(own, account.host))
  /** The Maildir in which this path lies, and the path within it. */
  const inMaildir = (path: string): { maildir: Maildir; rest: string } | null => {
    const root = /^\/home\/[^/]+\/Maildir(?=\/|$)/.exec(path)?.[0]
    const maildir = root === undefined ? undefined : maildirs.get(root)
    return maildir ? { maildir, rest: path.slice(root!.length + 1) } : null
  }

  // Names in a directory; what the machine has by itself comes before what lies in a file of that name.
  const namesIn = (directory: string): string[] | null => {
    const mail = inMaildir(directory)
    if (mail) return mail.maildir.list(mail.rest)?.sort() ?? null
    const inside = directory === '/' ? '/' : `${directory}/`
    const names = new Set<string>()
    if (filter?.startsWith(inside) && own!.filter !== null) names.add(filter.slice(inside.length).split('/')[0]!)
    for (const paths of [files.keys(), zoneFiles().keys(), maildirs.keys(), world.files.paths(host)])
      for (const path of paths) if (path.startsWith(inside)) names.add(path.slice(inside.length).split('/')[0]!)
    return names.size > 0 || world.files.isDirectory(host, user, directory) ? [...names].sort() : null
  }
  const readFile = (path: string): Octets | null => {
    if (path === filter) return own!.filter
    const mail = inMaildir(path)
    return mail
      ? mail.maildir.read(mail.rest)
      : ((files.get(path) ?? zoneFiles().get(path))?.() ?? world.files.read(host, path))
  }
  /** What the machine has by itself is nobody's to change. */
  const kept = (path: string): FileTrouble | null =>
    namesIn(path)
      ? 'Is a directory'
      : files.has(path) || zoneFiles().has(path) || inMaildir(path)
        ? 'Permission denied'
        : null

  return {
    machine,
    user,
    name: account?.name ?? person?.name ?? user,
    address: account?.address ?? null,
    ...(account ? { password: account.password } : {}),
    submission: submissionOf(world, host, account?.host ?? null),
    resolver,
    searchDomain: config.organisation,
    nameOf: (address) => network.hostAt(address),
    readFile,
    listFiles: namesIn,
    writeFile: (path, data, append) =>
      path === filter
        ? setFilter((append ? (own!.filter ?? '') : '') + data)
        : (kept(path) ?? world.files.write(host, user, path, data, world.clock.now, append)),
    removeFile: (path) =>
      path === filter
        ? own!.filter === null
          ? 'No such file or directory'
          : setFilter(null)
        : (kept(path) ?? world.files.remove(host, user, path)),
    changedAt: (path) =>
      asctime(time.epoch + time.skew + (world.files.writtenAt(host, path) ?? world.clock.now), time.zone),
    unique: () => world.unique(),
    follow: (path) => appended(world, () => files.get(path)?.() ?? ''),
    loggedIn: () =>
      world.terminals.at(host).map(({ since, ...login }) => ({
        ...login,
        since: asctime(time.epoch + time.skew + since, time.zone).slice(4, 16),
      })),
    queue: () =>
      (world.mtas.get(host)?.queue() ?? []).map((entry) => ({
        id: entry.id,
        state: world.mtas.get(host)!.stateOf(entry),
        size: entry.content.length,
        arrived: asctime(time.epoch + time.skew + entry.arrived, time.zone).slice(0, 19),
        sender: entry.from === null ? '' : mailbox(entry.from),
        recipients: entry.recipients
          .filter(({ status }) => status === 'waiting')
          .map(({ address, reason, next }) => ({
            address,
            reason: reason === '' ? null : reason,
            next: reason === '' ? null : asctime(time.epoch + time.skew + next, time.zone).slice(0, 19),
          })),
      })),
    flushQueue: () => world.mtas.get(host)?.flush(),
    capture: () => capture(world, host),
    connection: (conn) => world.connection(conn),
    date: () => mailDate(now(), time.zone),
    say: (key, parameters) => world.say(key, parameters),
  }
}

/** The user's login: the account's, or the person's first name in small letters. */
export function loginOf(world: World, account: string | null, name: string): string {
  const found = world.file.accounts.find(({ address }) => address === account)
  return (
    found?.user ??
    (name
      .toLowerCase()
      .replace(/[^a-z0-9 .-]/g, '')
      .split(' ')[0] ||
      'guest')
  )
}

const searchLine = (domain: string | null) => (domain === null ? '' : `search ${domain}\n`)

function spool(world: World, host: HostName, user: string): Octets | null {
  const account = world.stores.get(host)?.account(user)
  const inbox = account?.mailboxes.get('INBOX')
  return inbox ? mboxText(inbox, hostTime(world.file, host).zone) : null
}

/** Where a message is handed in: the MSA where one's account may log in, else the host of one's account, else one's own. */
function submissionOf(
  world: World,
  host: HostName,
  accountHost: HostName | null,
): { host: HostName; port: number } | null {
  const { hosts } = world.file
  for (const [name, { services }] of Object.entries(hosts))
    if (services.submission && (services.submission.auth.accounts ?? name) === accountHost)
      return { host: name, port: services.submission.port }
  const organisation = hosts[host]?.organisation ?? null
  const near = (name: HostName) => organisation !== null && hosts[name]?.organisation === organisation
  for (const name of [accountHost, host, ...Object.keys(hosts).filter(near)]) {
    const smtp = name === null ? undefined : hosts[name]?.services.smtp
    if (smtp) return { host: name!, port: smtp.port }
  }
  return null
}

/** What is appended to a file from now on. It is read when its turn comes, so that nothing falls between two waits. */
function appended(world: World, read: () => Octets): Waiter<Octets> {
  const before = read().length
  return (resume) => {
    let looking = false
    const stop = world.tracer.subscribe(({ kind }) => {
      if (looking || !GROWING.has(kind)) return
      looking = true
      world.soon('tail', () => {
        looking = false
        const grown = read()
        if (grown.length <= before) return
        stop()
        resume(grown.slice(before))
      })
    })
    return stop
  }
}

function capture(world: World, host: HostName): ReturnType<ShellHost['capture']> {
  const waiting: TraceEvent[] = []
  let wake: (() => void) | null = null
  const stop = world.tracer.subscribe((event) => {
    if (!world.passes(event, host)) return
    waiting.push(event)
    wake?.()
  })
  const next: Waiter<TraceEvent> = (resume) => {
    let given = false
    const give = () => {
      wake = null
      world.soon('tcpdump', () => {
        if (given) return
        given = true
        resume(waiting.shift()!)
      })
    }
    if (waiting.length > 0) give()
    else wake = give
    return () => {
      given = true
      wake = null
    }
  }
  return { next, stop }
}
