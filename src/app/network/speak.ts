/** Says in the reader's language what the map shows. */
import { harmless, utf8Text } from '../../core/bytes/utf8.ts'
import { duration } from '../../core/views/clock.ts'
import type { Connection } from '../../core/views/connections.ts'
import type { Hop } from '../../core/views/network.ts'
import { isLossy, isSlow, type MappedHost, type MappedLink } from '../../core/views/network-map.ts'
import type { Translate } from '../../texts/index.ts'

/** What is picked on the map: a host, or the way between two. */
export type Picked = { host: string } | { link: readonly [string, string] }

/** What comes from mail is octets. */
export const readable = (octets: string) => harmless(utf8Text(octets))

export const percent = (chance: number) => Math.round(chance * 1000) / 10

export const rolesText = (t: Translate, { roles }: MappedHost): string =>
  roles.length === 0 ? t('network.host.no-role') : roles.map((role) => t(`role.${role}`)).join(', ')

/** The roles that have a name of their own in mail, as they stand on a card. */
export const shortRoles = ({ roles }: MappedHost): string =>
  roles
    .filter((role) => !['laptop', 'printer', 'outside'].includes(role))
    .join(' ')
    .toUpperCase()

export function hostText(t: Translate, host: MappedHost, kept: number): string {
  const facts = [
    t(host.up ? 'network.up' : 'network.down'),
    ...(host.queued > 0 ? [t('network.queued', { count: host.queued })] : []),
    ...(kept > 0 ? [t('network.kept', { count: kept })] : []),
  ]
  return t('network.host', { host: host.name, roles: rolesText(t, host), facts: facts.join(', ') })
}

/** What is broken about a link. */
export function troublesOf(t: Translate, link: MappedLink): string[] {
  return [
    ...(link.cut ? [t('network.link.cut')] : []),
    ...(isSlow(link) ? [t('network.link.slow', { delay: duration(link.delay) })] : []),
    ...(isLossy(link) ? [t('network.link.lossy', { percent: percent(link.loss) })] : []),
  ]
}

export function connectionText(t: Translate, { service, client, secure, state }: Connection): string {
  const how = state === 'dialling' ? '.dialling' : secure ? '.tls' : ''
  return t(`network.connection${how}`, { service, client })
}

export function linkText(t: Translate, link: MappedLink): string {
  const [one, other] = link.between
  const facts = [...troublesOf(t, link), ...link.open.map((connection) => connectionText(t, connection))]
  return t('network.link', { one, other, facts: facts.join(', ') || t('network.link.quiet') })
}

export function hopText(t: Translate, { what, outcome, from, to, detail }: Hop): string {
  const values = { from, to, detail: harmless(detail) }
  return t(what === 'handed' ? `network.hop.handed.${outcome}` : `network.hop.${what}`, values)
}
