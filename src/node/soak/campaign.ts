/**
 * A campaign against one promise: what a server took with 250 ends in a mailbox, in a bounce, in the queue, or is dropped
 * for a reason in the trace; its content is the same to the octet, but for the footers of the lists on its way; and it comes twice only where a final reply was lost
 * on the way, and the trace says so. Of whom the sender does not want to hear nothing is reported.
 *
 * One seed is one campaign: people of the world send mail while links are cut, slowed and made to lose packets, and hosts
 * go down and come back. Then all is mended and ten days pass.
 */
import { Random } from '../../core/net/random.ts'
import { textMessage } from '../../core/message/build.ts'
import { parsePath } from '../../core/smtp/grammar.ts'
import { speakSmtp } from '../../core/smtp/client.ts'
import type { ClientResult } from '../../core/smtp/client-types.ts'
import type { Addressee } from '../../core/smtp/envelope.ts'
import type { Path } from '../../core/smtp/path.ts'
import { ask, run, type Task } from '../../core/task.ts'
import type { HostName } from '../../core/terms.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import { loginOf, seatAt } from '../../core/world/seat.ts'
import { Sim } from '../../core/world/sim.ts'

export interface Outcome {
  seed: number
  sent: number
  findings: readonly string[]
  events: number
}

interface Sending {
  token: string
  from: string
  /** By recipient, as RCPT named it. */
  wishes: ReadonlyMap<string, Addressee['notify']>
  content: string
  taken: Set<string>
  uncertain: boolean
}

/** With dots where they hurt. */
const LETTER = 'A letter.\n.\n..and its dots\n'
/** So long that it goes in several chunks, and is taken up again where the line broke. */
const LONG = `${LETTER}${'Words upon words.\n'.repeat(8_000)}`
const WISHES: readonly Addressee['notify'][] = [null, null, ['NEVER'], ['SUCCESS', 'FAILURE'], ['FAILURE', 'DELAY']]
/** An automatic reply has no sender either, but it says nothing of the delivery. Beyond a gateway a report is a memo. */
const REPORT = /^(?:From: Mail Delivery System |Originator: .*\(Mail Delivery System\))/m
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export function campaign(file: WorldFile, seed: number): Outcome {
  const sim = new Sim(file, { seed })
  const random = new Random(seed).fork('campaign')
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!
  const senders = file.people.filter(({ account }) => account !== null)
  const addresses = [...file.accounts.map(({ address }) => address), ...listsAndAliases(file)]
  const hosts = Object.keys(file.hosts).filter(
    (host) => file.hosts[host]!.mail !== null || file.hosts[host]!.roles.includes('dns'),
  )
  const sendings: Sending[] = []
  const broken = new Set<string>()

  for (let turn = 0; turn < 12; turn++) {
    for (let k = random.below(3); k > 0; k--) {
      const fault = randomFault(random, hosts)
      broken.add(fault)
      sim.fault(fault)
    }
    const person = pick(senders)
    const recipients = [...new Set(Array.from({ length: 1 + random.below(3) }, () => pick(addresses)))]
    const sending: Sending = {
      token: `token-${seed}-${turn}`,
      from: person.account!,
      wishes: new Map(recipients.map((recipient) => [recipient, pick(WISHES)])),
      content: random.below(6) === 0 ? LONG : LETTER,
      taken: new Set(),
      uncertain: false,
    }
    sendings.push(sending)
    const seat = seatAt(sim.world, person.host, loginOf(sim.world, person.account, person.name))
    run(send(sim, seat, sending, recipients), (result) => {
      if (result?.outcome === 'done')
        for (const { path, accepted } of result.recipients)
          if (accepted) sending.taken.add(`${path.local}@${path.domain}`)
      if (result?.outcome === 'failed') sending.uncertain = result.uncertain
    })
    sim.act({ act: 'wait', for: random.below(10 * MINUTE) })
    if (random.below(3) === 0) {
      for (const fault of broken) sim.fault(remedy(fault))
      broken.clear()
    }
  }
  for (const fault of broken) sim.fault(remedy(fault))
  sim.act({ act: 'wait', for: 10 * DAY })
  return {
    seed,
    sent: sendings.length,
    findings: sendings.flatMap((sending) => check(sim, sending)),
    events: sim.trace.length,
  }
}

function* send(
  sim: Sim,
  seat: ReturnType<typeof seatAt>,
  sending: Sending,
  recipients: readonly string[],
): Task<ClientResult | null> {
  const { machine, submission, address, password } = seat
  if (!submission || address === null) return null
  const dialled = yield* ask(machine.dial(sim.world.network.addressOf(submission.host), submission.port))
  if (!dialled.ok) return null
  const content = textMessage(
    [
      ['From', address],
      ['To', recipients.join(', ')],
      ['Subject', sending.token],
      ['Message-ID', messageId(sending.token)],
    ],
    sending.content,
  )
  const auth = submission.port === 25 || password === undefined ? {} : { auth: { user: seat.user, password } }
  const envelope = {
    from: pathOf(address),
    envid: sending.token,
    recipients: recipients.map((recipient) => ({
      path: pathOf(recipient),
      notify: sending.wishes.get(recipient) ?? null,
      orcpt: `rfc822;${recipient}`,
    })),
  }
  return yield* speakSmtp(
    dialled.stream,
    { helo: machine.host, server: submission.host, envelope, content, startTls: 'if-offered', ...auth },
    machine,
  )
}

function check(sim: Sim, { token, taken, uncertain, wishes, content: letter }: Sending): string[] {
  const { world, trace } = sim
  const findings: string[] = []
  const excused = new Set<string>()
  let repeated = uncertain
  // What was returned is not lost, even where the return itself found nobody: of that the trace says why.
  const ids = new Set<string>()
  let bounced = false
  for (const event of trace) {
    if (event.kind === 'accepted' && event.messageId === messageId(token)) ids.add(event.id)
    if (event.kind === 'bounced' && ids.has(event.id)) bounced = true
    if (event.kind === 'repeated') repeated = true
    if (event.kind === 'dropped') for (const recipient of event.recipients) excused.add(recipient.toLowerCase())
  }
  for (const mta of world.mtas.values())
    for (const { content, recipients } of mta.queue())
      if (content.includes(`${token}\r\n`)) for (const { original } of recipients) excused.add(original.toLowerCase())
  const reports = mailboxes(sim).filter(({ content }) => content.includes(`${token}\r\n`) && REPORT.test(content))
  // Whom a list or an alias leads to is another recipient, with other wishes.
  for (const [recipient, wish] of wishes)
    if (
      wish?.includes('NEVER') &&
      reports.some(({ content }) => content.includes(`Original-Recipient: rfc822; ${recipient}\r\n`))
    )
      findings.push(`${token}: a report about ${recipient}, of whom nobody wanted to hear`)
  for (const recipient of taken) {
    for (const { address } of finalAddresses(sim.file, recipient)) {
      const account = sim.file.accounts.find((other) => other.address.toLowerCase() === address.toLowerCase())
      if (!account) continue
      const copies = mailboxes(sim).filter(
        ({ user, host, content }) =>
          user === account.user &&
          host === account.host &&
          content.includes(`Subject: ${token}\r\n`) &&
          !REPORT.test(content),
      )
      const bodies = [...taken].flatMap((other) =>
        finalAddresses(sim.file, other)
          .filter((final) => final.address === address)
          .map(({ footers }) => `\r\n\r\n${(letter + footers).replaceAll('\n', '\r\n')}`),
      )
      for (const { content } of copies)
        if (!bodies.some((body) => content.endsWith(body)))
          findings.push(`${token} came to ${address} with another content`)
      if (
        copies.length === 0 &&
        !bounced &&
        !excused.has(address.toLowerCase()) &&
        !excused.has(recipient.toLowerCase())
      )
        findings.push(`${token} for ${address} is lost`)
      // Who is addressed and stands on a list too gets both.
      const ways = [...taken].filter((other) =>
        finalAddresses(sim.file, other).some((final) => final.address === address),
      ).length
      if (copies.length > ways && !repeated)
        findings.push(`${token} is in the mailbox of ${address} ${copies.length} times`)
    }
  }
  return findings
}

const messageId = (token: string) => `<${token}@soak.example>`

function mailboxes({ world }: Sim) {
  return [...world.stores].flatMap(([host, store]) =>
    [...store.accounts.values()].flatMap(({ user, mailboxes: all }) =>
      [...all.values()].flatMap(({ messages }) =>
        messages.map(({ content }) => ({ host, user, content: content.octets })),
      ),
    ),
  )
}

function listsAndAliases(file: WorldFile): string[] {
  return Object.values(file.hosts).flatMap(({ mail }) =>
    mail ? [...Object.keys(mail.aliases), ...Object.keys(mail.lists)] : [],
  )
}

interface Final {
  address: string
  /** What lists on the way put under the text. */
  footers: string
}

/** The addresses in whose mailboxes a message to `address` ends, each once. */
function finalAddresses(file: WorldFile, address: string, footers = '', depth = 0): readonly Final[] {
  if (depth > 8) return []
  for (const { mail } of Object.values(file.hosts)) {
    const list = mail?.lists[address]
    const into = mail?.aliases[address] ?? list?.members
    if (into) {
      const all = into.flatMap((next) => finalAddresses(file, next, footers + (list?.footer ?? ''), depth + 1))
      return all.filter((final, at) => all.findIndex((other) => other.address === final.address) === at)
    }
    const forward = mail?.forwards[address]
    if (forward) return forward.reply === 251 ? finalAddresses(file, forward.to, footers, depth + 1) : []
  }
  return [{ address, footers }]
}

function randomFault(random: Random, hosts: readonly HostName[]): string {
  const [one, other] = random.shuffle(hosts) as [HostName, HostName]
  switch (random.below(4)) {
    case 0:
      return `cut ${one}--${other}`
    case 1:
      return `down ${one}`
    case 2:
      return `loss ${one}--${other} 0.${1 + random.below(6)}`
    default:
      return `slow ${one}--${other} ${1 + random.below(20)}s`
  }
}

function remedy(fault: string): string {
  const [what, where] = fault.split(' ') as [string, string]
  switch (what) {
    case 'cut':
      return `mend ${where}`
    case 'down':
      return `up ${where}`
    case 'loss':
      return `loss ${where} 0`
    default:
      return `slow ${where} 10ms`
  }
}

function pathOf(address: string): Path {
  const path = parsePath(address)
  if ('bad' in path) throw new Error(`${address} is no address`)
  return path
}
