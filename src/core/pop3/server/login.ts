/**
 * The ways in: USER and PASS, APOP (RFC 1939 7), AUTH (RFC 5034). All of them end in `enter`, which locks the maildrop:
 * whoever is who they say may still find it in use.
 */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.ts'
import { md5Hex } from '../../bytes/hashes.ts'
import { utf8Octets, utf8Text } from '../../bytes/utf8.ts'
import { advance, begin, sendsPassword, speaksFirst } from '../../sasl/exchange.ts'
import type { Mechanism, Step } from '../../sasl/mechanism.ts'
import type { Pop3Backend } from '../backend.ts'
import { words } from '../grammar.ts'
import { newMaildrop, type Pop3Session } from '../session.ts'
import type { Answered, Handler, Turn } from './turn.ts'

const SYNTAX = { outcome: 'syntax' } as const
const FAILED = { outcome: 'failed' } as const
const TLS_FIRST = { outcome: 'tlsFirst' } as const

const tooOpen = ({ session, backend }: Turn) => backend.profile.passwordNeedsTls && !session.secure

export const user: Handler<'USER'> = (turn, argument) => {
  const { session, backend } = turn
  const [name, ...rest] = words(argument, backend.profile.dialect)
  session.name = null
  if (name === undefined || name === '' || rest.length > 0) return SYNTAX
  if (tooOpen(turn)) return TLS_FIRST
  const text = utf8Text(name)
  if (backend.profile.tellsUsers && backend.secret(text) === null) return { outcome: 'unknown', values: { name } }
  session.name = text
  return { outcome: 'ok', values: { name } }
}

/** RFC 1939 7: the rest of the line is the password, blanks and all. */
export const pass: Handler<'PASS'> = (turn, argument) => {
  const { session, backend } = turn
  const { name } = session
  // Also where USER was refused for the same reason: that is what the client must know.
  if (tooOpen(turn)) return TLS_FIRST
  if (name === null) return { outcome: 'sequence', values: { need: 'USER first' } }
  if (argument === '') return SYNTAX
  session.name = null
  if (!session.secure) turn.remark('password-as-it-is', 'PASS')
  const account = backend.login(name, utf8Text(argument))
  return account === null ? FAILED : enter(turn, account, name)
}

export const apop: Handler<'APOP'> = (turn, argument) => {
  const { session, backend } = turn
  session.name = null
  // RFC 2449 6: whether APOP is there, the greeting tells.
  if (session.timestamp === '') return { outcome: 'notImplemented' }
  const [name = '', digest = '', ...rest] = words(argument, backend.profile.dialect)
  if (name === '' || digest === '' || rest.length > 0) return SYNTAX
  const known = backend.secret(utf8Text(name))
  if (known === null || md5Hex(session.timestamp + utf8Octets(known.password)) !== digest.toLowerCase()) return FAILED
  return enter(turn, known.account, name)
}

export const auth: Handler<'AUTH'> = (turn, argument) => {
  const { session, backend } = turn
  session.name = null
  const [name, initial, ...rest] = words(argument, backend.profile.dialect)
  if (name === undefined) return { outcome: 'list', listing: usable(session, backend) }
  if (name === '' || rest.length > 0) return SYNTAX
  const mechanism = backend.profile.mechanisms.find((other) => other === name.toUpperCase())
  if (!mechanism) return { outcome: 'noMechanism' }
  if (sendsPassword(mechanism)) {
    if (tooOpen(turn)) return TLS_FIRST
    if (!session.secure) turn.remark('password-in-clear', mechanism)
  }
  let answer: string | null = null
  if (initial !== undefined) {
    // RFC 5034 4: `=` stands for an empty one; where the server speaks first there is none.
    if (speaksFirst(mechanism) === 'server') return SYNTAX
    answer = initial === '=' ? '' : decodeBase64(initial)
    if (answer === null) return { outcome: 'notBase64' }
  }
  const { exchange, step } = begin(mechanism, answer, backend)
  session.exchange = exchange
  return follow(turn, step)
}

export const response: Handler<'response'> = (turn, argument) => {
  if (argument === '*') return { outcome: 'cancelled' }
  const answer = decodeBase64(argument)
  if (answer === null) return { outcome: 'notBase64' }
  return follow(turn, advance(turn.session.exchange!, answer, turn.backend))
}

function follow(turn: Turn, step: Step): Answered<'AUTH' | 'response'> {
  switch (step.is) {
    case 'challenge':
      return { outcome: 'challenge', values: { challenge: encodeBase64(step.challenge) } }
    case 'ok':
      return enter(turn, step.user, step.user)
    case 'failed':
    case 'transition':
      return FAILED
  }
}

/** The mechanisms that may be used now. */
export function usable(session: Pop3Session, backend: Pop3Backend): readonly Mechanism[] {
  const { mechanisms, passwordNeedsTls } = backend.profile
  return passwordNeedsTls && !session.secure ? mechanisms.filter((each) => !sendsPassword(each)) : mechanisms
}

/** RFC 1939 4: the lock, and the numbers as they will stay. `name` is what the client called the account. */
function enter(turn: Turn, account: string, name: string): Answered<'PASS' | 'APOP' | 'AUTH' | 'response'> {
  const { session, backend } = turn
  const opened = backend.open(account)
  switch (opened.verdict) {
    case 'open':
      session.user = account
      session.maildrop = newMaildrop(opened)
      return { outcome: 'ok', values: { name: utf8Octets(name), user: utf8Octets(account) } }
    case 'in-use':
      return { outcome: 'inUse' }
    case 'login-delay':
      return { outcome: 'loginDelay', values: { seconds: String(opened.seconds) } }
    case 'unavailable':
      return { outcome: 'unavailable' }
    case 'broken':
      return { outcome: 'broken' }
  }
}
