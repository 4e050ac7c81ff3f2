/** The services of a host, one after the other. The page reads this, and gets no schema with it. */
import type { ImapServiceFile, Pop3ServiceFile, Services, SmtpServiceFile } from './service-forms.ts'
import { SERVICES, type ServiceName } from './services.ts'

/** One service of a host, with what its name says of it. */
export type NamedService = { name: string; secure: boolean } & (
  | { protocol: 'smtp'; told: SmtpServiceFile }
  | { protocol: 'pop3'; told: Pop3ServiceFile }
  | { protocol: 'imap'; told: ImapServiceFile }
)

/** All services of a host: those with well-known names first, then more of them. */
export function servicesOf(services: Services): NamedService[] {
  const found: NamedService[] = []
  for (const [name, { protocol, secure }] of Object.entries(SERVICES)) {
    const told = services[name as ServiceName]
    if (told) found.push({ name, secure, protocol, told } as NamedService)
  }
  for (const [name, told] of Object.entries(services.more))
    found.push({ name, secure: told.secure, protocol: told.protocol, told } as NamedService)
  return found
}
