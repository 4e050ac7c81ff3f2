/** A service of a world file as its engine wants it. */
import type { ImapProfile } from '../imap/backend.ts'
import type { Pop3Profile } from '../pop3/backend.ts'
import type { SmtpProfile } from '../smtp/backend.ts'
import type { HostName } from '../terms.ts'
import type { ImapServiceFile, Pop3ServiceFile, SmtpServiceFile } from './service-forms.ts'

export function smtpProfile(host: HostName, service: string, told: SmtpServiceFile): SmtpProfile {
  const { size, recipients, errors, idle } = told.limits
  return {
    host,
    role: service === 'smtp' ? 'mx' : service === 'lmtp' ? 'lmtp' : 'submission',
    dialect: told.dialect,
    capabilities: told.capabilities,
    mechanisms: told.auth.mechanisms,
    weak: told.auth.weak,
    authNeedsTls: told.auth.needsTls,
    texts: told.texts,
    limits: { size: size ?? Infinity, recipients, errors: errors ?? Infinity, idle: idle ?? Infinity },
    reverse: told.reverse,
    via: told.via,
    answers: told.answers,
    local: Object.fromEntries(
      Object.entries(told.local).map(([verb, command]) => [verb, { ...command, syntax: command.syntax ?? verb }]),
    ),
  }
}

export function pop3Profile(host: HostName, told: Pop3ServiceFile): Pop3Profile {
  const { line, errors, idle } = told.limits
  return {
    host,
    dialect: told.dialect,
    capabilities: told.capabilities,
    mechanisms: told.auth.mechanisms,
    passwordNeedsTls: told.auth.needsTls,
    apop: told.apop,
    tellsUsers: told.tellsUsers,
    loginDelay: told.loginDelay / 1000,
    expire: told.expire === 'never' ? 'NEVER' : told.expire,
    perUser: told.perUser,
    texts: told.texts,
    limits: { line, errors: errors ?? Infinity, idle: idle ?? Infinity },
    answers: told.answers,
  }
}

export function imapProfile(host: HostName, told: ImapServiceFile): ImapProfile {
  const { line, append, errors, idle } = told.limits
  const { greeting } = told
  return {
    host,
    greeting: typeof greeting === 'string' ? { is: greeting } : { is: 'preauth', user: greeting.preauth },
    capabilities: told.capabilities,
    mechanisms: told.auth.mechanisms,
    startTls: told.startTls,
    passwordNeedsTls: told.auth.needsTls,
    texts: told.texts,
    limits: { line, append, errors: errors ?? Infinity, idle: idle ?? Infinity },
    answers: told.answers,
  }
}
