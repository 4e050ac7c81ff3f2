/** What the SMTP server asks of the mail system behind it, answered for one mounted service. */
import type { Octets } from '../bytes/octets.ts'
import { countFields, field, withFields } from '../message/fields.ts'
import { counted } from '../message/mime/build/unique.ts'
import { receivedField, receptionProtocol } from '../message/received.ts'
import type {
  AcceptVerdict,
  Checkpoint,
  Client,
  DeliverVerdict,
  EtrnVerdict,
  RecipientVerdict,
  SenderVerdict,
  SmtpBackend,
  SmtpProfile,
  VerifyVerdict,
} from '../smtp/backend.ts'
import type { Identities, Secret } from '../sasl/mechanism.ts'
import type { Addressee, Envelope, Sending } from '../smtp/envelope.ts'
import { mailbox, pathText, type Path } from '../smtp/path.ts'
import { accountNamed, identities } from '../store/identities.ts'
import type { Ipv4, Seq } from '../terms.ts'
import type { MailRole, Touch } from '../trace/events.ts'
import { belongsTo } from './access.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { Delivery } from './delivery.ts'
import { finalCopy } from './final.ts'
import type { Letter } from './letter.ts'
import { isPostmaster, type Directory, type Place } from './directory.ts'
import { fromMemo } from './gateway/from-memo.ts'
import { isMemo } from './gateway/memo.ts'
import { expand, verify } from './inquiry.ts'
import type { Notices } from './notice.ts'
import type { Policy } from './policy.ts'
import { nextDomain } from './routing.ts'
import type { MailSystem } from './system.ts'
import { isEightBit, sevenBits, withLines } from './touch.ts'
import type { Waiting } from './waiting.ts'

export interface BackendParts {
  system: MailSystem
  delivery: Delivery
  policy: Policy
  notices: Notices
  checkpoints: Checkpoints
  waiting: Waiting
  /** An address of the networks for which this host relays. */
  isOwnNetwork: (address: Ipv4) => boolean
  /** Those of this host first, then of others whose accounts may log in here. */
  directories: () => readonly Directory[]
}

const OK = { verdict: 'ok' } as const

export class Backend implements SmtpBackend {
  readonly profile: SmtpProfile
  private readonly parts: BackendParts
  private readonly system: MailSystem
  private readonly identities: Identities

  constructor(profile: SmtpProfile, parts: BackendParts) {
    this.profile = profile
    this.parts = parts
    this.system = parts.system
    const { queue, watch, machine } = parts.system
    const nonce = () => `<${queue.newId()}.${Math.floor(watch.now() / 1000)}@${machine.host}>`
    this.identities = identities(() => storesOf(parts.directories()), nonce)
  }

  date(): string {
    return this.system.watch.date()
  }

  sender(client: Client, from: Path | null, declared: number | null): SenderVerdict {
    // RFC 6409 6.1: who logged in may send notifications (`<>`) and as himself, not as somebody else.
    if (client.user !== null && from !== null) {
      const directories = this.parts.directories()
      const account = accountNamed(storesOf(directories), client.user)
      if (!account || !belongsTo(directories, account, { ...from, route: [] })) return { verdict: 'not-yours' }
    }
    if (!this.system.queue.hasRoom(declared ?? 0)) return { verdict: 'storage' }
    return OK
  }

  recipient(client: Client, from: Path | null, to: Path, how: Sending): RecipientVerdict {
    const { directory, machine } = this.system
    const { path } = directory.peel(to)
    const place = directory.find(path)
    if (place.at === 'elsewhere' && !this.isKnown(client) && !this.relaysFor(path)) return { verdict: 'no-relay' }
    if (place.at === 'unknown') return { verdict: 'unknown' }
    if (place.at === 'forward' && place.reply === 551) return { verdict: 'moved', to: mailbox(place.to) }
    // RFC 5321 4.5.1: every effort is made to take mail for the postmaster, who hears of what goes wrong here.
    if (!isPostmaster(path)) {
      const { policy } = this.parts
      const { address } = client.peer
      if (policy.tooFast(address, machine.now())) return { verdict: 'busy', text: 'Too many messages, try again later' }
      const wait = this.isKnown(client) ? 0 : policy.greylisted(address, pathText(from), mailbox(path), machine.now())
      if (wait > 0) return { verdict: 'greylisted', seconds: Math.ceil(wait / 1000) }
    }
    if (place.at === 'forward') return { verdict: 'forward', to: mailbox(place.to) }
    if (how === 'SEND' && place.at === 'account' && this.system.terminals?.isActive(place.account.user) !== true)
      return { verdict: 'not-logged-in' }
    const room = this.room(place, 1)
    return room === 'fits' ? OK : { verdict: 'full', permanent: room === 'never' }
  }

  verify(word: string): VerifyVerdict {
    return verify(this.system.directory, word)
  }

  expand(word: string): VerifyVerdict {
    return expand(this.system.directory, word)
  }

  login(user: string, password: string): string | null {
    return this.identities.login(user, password)
  }

  secret(user: string): Secret | null {
    return this.identities.secret(user)
  }

  /** In the form of a Message-ID (RFC 2195 2). */
  nonce(): string {
    return this.identities.nonce()
  }

  accept(client: Client, envelope: Envelope, content: Octets, cause: Seq): AcceptVerdict {
    const letter = this.received(client, envelope, content, cause)
    if ('verdict' in letter) return letter
    this.parts.delivery.post(this.counted(letter))
    return { verdict: 'queued', id: letter.id }
  }

  /** RFC 2033 4.2: one answer for each recipient, and nothing of it stays here. */
  deliver(client: Client, envelope: Envelope, content: Octets, cause: Seq): readonly DeliverVerdict[] {
    const letter = this.received(client, envelope, content, cause)
    if ('verdict' in letter) return envelope.recipients.map(() => letter)
    return this.parts.delivery.deliverNow(this.counted(letter))
  }

  etrn(client: Client, node: string): EtrnVerdict {
    return this.parts.waiting.etrn(client, node)
  }

  mayTurn(client: Client): boolean {
    return this.parts.waiting.mayTurn(client)
  }

  checkpoint(client: Client, transid: string): Checkpoint | null {
    return this.parts.checkpoints.find(client, transid, this.system.machine.now())
  }

  keepCheckpoint(client: Client, transid: string, checkpoint: Checkpoint | null): void {
    this.parts.checkpoints.keep(client, transid, checkpoint, this.system.machine.now())
  }

  /** The message as this host answers for it: stamped, and changed where it changes what comes in. */
  private received(client: Client, envelope: Envelope, content: Octets, cause: Seq): Letter | AcceptVerdict {
    const { config, machine, queue } = this.system
    if (countFields(content, 'Received') > config.hops) return { verdict: 'loop' }
    if (!queue.hasRoom(content.length)) return { verdict: 'storage' }
    const id = queue.newId()
    const { changed, touches } = this.touched(content, id)
    const given = field(changed, 'Message-ID')
    const isNew = this.profile.role === 'submission' || client.user !== null
    const messageId = given === null && isNew ? `<${id}@${this.profile.host}>` : given
    const missing = isNew ? this.missingFields(changed, given === null ? messageId : null) : ''
    const stamped = withFields(this.trace(client, envelope, id) + missing, changed)
    const noRoom = this.profile.role === 'lmtp' ? null : this.noRoomFor(envelope, stamped)
    if (noRoom) return noRoom
    let last = cause
    for (const what of touches) last = machine.note({ kind: 'touched', id, what }, last)
    const { peer, name, helo, user } = client
    return {
      id,
      from: envelope.from,
      terms: envelope,
      recipients: envelope.recipients,
      role: this.role(isNew, envelope),
      content: stamped,
      messageId,
      client: { address: peer.address, name, helo, user },
      cause: last,
    }
  }

  /** The exchanger of a domain takes what goes to its own people and hosts; what only passes by goes through a relay. */
  private role(isNew: boolean, { recipients }: Envelope): MailRole {
    if (this.profile.role === 'lmtp') return 'mda'
    if (isNew) return 'msa'
    const { directory } = this.system
    const isOurs = ({ path }: Addressee) => {
      const onward = directory.peel(path).path
      return directory.find(onward).at !== 'elsewhere' || this.relaysFor(onward)
    }
    return recipients.some(isOurs) ? 'mx' : 'mta'
  }

  /** It is taken: what limits and notices go by. */
  private counted(letter: Letter): Letter {
    const { machine, directory } = this.system
    const { policy, notices } = this.parts
    const now = machine.now()
    policy.count(letter.client!.address, now)
    let last = letter.cause
    for (const { path } of letter.recipients) {
      const place = directory.find(directory.peel(path).path)
      const address = place.at === 'account' ? place.address : mailbox(path)
      const noticed = [
        notices.duplicate(letter.messageId, address, letter.id, now),
        place.at === 'account' ? notices.bombed(address, now) : null,
      ]
      for (const notice of noticed) if (notice) last = machine.note({ kind: 'noticed', id: letter.id, ...notice }, last)
    }
    return last === letter.cause ? letter : { ...letter, cause: last }
  }

  private trace(client: Client, { recipients, utf8 }: Envelope, id: string): Octets {
    return receivedField({
      helo: client.helo,
      name: client.name,
      address: client.peer.address,
      by: this.profile.host,
      via: this.profile.via ?? null,
      with: receptionProtocol(client.esmtp, client.secure, client.user !== null, this.profile.role === 'lmtp', utf8),
      id,
      for: recipients.length === 1 ? mailbox(recipients[0]!.path) : null,
      date: this.date(),
    })
  }

  /** RFC 6409 8: whoever takes a message from its writer adds what is missing. A relay never does. */
  private missingFields(content: Octets, messageId: string | null): Octets {
    const id = messageId === null ? '' : `Message-ID: ${messageId}\r\n`
    return id + (field(content, 'Date') === null ? `Date: ${this.date()}\r\n` : '')
  }

  /** What this host does to every message that comes in. */
  private touched(content: Octets, id: string): { changed: Octets; touches: readonly Touch[] } {
    const { gateways, touches: does } = this.system.config
    const { disclaimer, eighthBit } = does
    const touches: Touch[] = []
    let changed = content
    if (Object.keys(gateways).length > 0 && isMemo(content)) {
      const { host } = this.system.machine
      changed = fromMemo(content, { host, table: gateways, unique: counted(id, host) })
      touches.push('from-memo')
    }
    if (eighthBit === 'strip' && !this.profile.capabilities.includes('8BITMIME') && isEightBit(changed)) {
      changed = sevenBits(changed)
      touches.push('eighth-bit')
    }
    if (disclaimer !== null) {
      changed = withLines(changed, disclaimer)
      touches.push('disclaimer')
    }
    return { changed, touches }
  }

  private isKnown({ user, peer }: Client): boolean {
    return user !== null || this.parts.isOwnNetwork(peer.address)
  }

  private relaysFor(path: Path): boolean {
    const { relay } = this.system.config
    const domain = nextDomain(path)
    return relay.all || relay.domains.some((other) => other.toLowerCase() === domain)
  }

  /** When not one recipient has room for it. Where some have, the others are told by a bounce, or get it later. */
  private noRoomFor({ from, recipients }: Envelope, content: Octets): AcceptVerdict | null {
    const { directory } = this.system
    let never = true
    for (const { path } of recipients) {
      const place = directory.find(directory.peel(path).path)
      const room = place.at === 'account' ? this.room(place, finalCopy(from, place.address, content).length) : 'fits'
      if (room === 'fits') return null
      if (room !== 'never') never = false
    }
    return { verdict: never ? 'over-quota' : 'storage' }
  }

  private room(place: Place, octets: number): 'fits' | 'over-quota' | 'never' | 'no-space' {
    const { store } = this.system.directory
    return place.at === 'account' && store ? store.room(place.account, octets) : 'fits'
  }
}

const storesOf = (directories: readonly Directory[]) => directories.flatMap(({ store }) => store ?? [])
