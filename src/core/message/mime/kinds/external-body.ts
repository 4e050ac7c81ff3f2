/**
 * message/external-body (RFC 2046 5.2.3): the content lies elsewhere, and the parameters say where. The body of the part
 * is the header of what lies there, and behind it the phantom body, which only a mail-server reads.
 */
import type { Octets } from '../../../bytes/octets.ts'
import { bodyAt, headerFields } from '../../fields.ts'
import type { Field } from '../../fields.ts'

/** What any access type may say (RFC 2046 5.2.3.1). */
interface Common {
  /** Until when it lies there, as a date of RFC 822. */
  expiration?: string
  /** In octets, of the content as it lies there. */
  size?: number
  permission?: 'read' | 'read-write'
}

export type ExternalAccess = Common &
  (
    | { access: 'ftp' | 'anon-ftp' | 'tftp'; site: string; name: string; directory?: string; mode?: string }
    | { access: 'local-file'; name: string; site?: string }
    | { access: 'mail-server'; server: string; subject?: string }
    | { access: 'url'; url: string }
    | { access: 'other'; type: string; parameters: readonly (readonly [name: string, value: string])[] }
  )

export interface ExternalBody {
  /** null where the access type, or what it requires, is missing. */
  where: ExternalAccess | null
  /** Parameters that the access type requires, and `Content-ID` of the phantom header. */
  missing: readonly string[]
  /** The header of what lies there. */
  fields: readonly Field[]
  /** `image/jpeg`; text/plain where the phantom header does not say. */
  contentType: Octets
  /** With its angle brackets. */
  contentId: Octets | null
  /** content-transfer-encoding of what lies there. */
  encoding: Octets | null
  phantomBody: Octets
}

/** What each access type requires (RFC 2046 5.2.3.2 to 5.2.3.6, RFC 2017 3). */
const requiredParameters: Readonly<Record<string, readonly string[]>> = {
  ftp: ['name', 'site'],
  'anon-ftp': ['name', 'site'],
  tftp: ['name', 'site'],
  'local-file': ['name'],
  'mail-server': ['server'],
  url: ['url'],
}

/** `parameters` are those of the part's Content-Type, decoded; `body` the part's octets. */
export function readExternalBody(
  parameters: readonly (readonly [name: string, value: string])[],
  body: Octets,
): ExternalBody {
  const given = new Map<string, string>()
  for (const [name, value] of parameters) if (!given.has(name.toLowerCase())) given.set(name.toLowerCase(), value)
  const type = given.get('access-type')?.toLowerCase()
  const fields = headerFields(body)
  const value = (name: string) => fields.find((field) => field.name.toLowerCase() === name)?.value ?? null
  const contentId = value('content-id')
  const lacking =
    type === undefined ? ['access-type'] : (requiredParameters[type] ?? []).filter((name) => !given.has(name))
  return {
    where: type === undefined || lacking.length > 0 ? null : { ...common(given), ...place(type, given) },
    // RFC 2046 5.2.3: "the encapsulated headers MUST include a Content-ID field".
    missing: contentId === null ? [...lacking, 'Content-ID'] : lacking,
    fields,
    contentType: value('content-type') ?? 'text/plain',
    contentId,
    encoding: value('content-transfer-encoding'),
    phantomBody: body.slice(bodyAt(body)),
  }
}

function common(given: ReadonlyMap<string, string>): Common {
  const expiration = given.get('expiration')
  const size = given.get('size')
  const permission = given.get('permission')?.toLowerCase()
  return {
    ...(expiration === undefined ? {} : { expiration }),
    ...(size !== undefined && /^\d{1,15}$/.test(size) ? { size: Number(size) } : {}),
    ...(permission === 'read' || permission === 'read-write' ? { permission } : {}),
  }
}

function place(type: string, given: ReadonlyMap<string, string>): ExternalAccess {
  const value = (name: string) => given.get(name) ?? ''
  const optional = <Name extends string>(name: Name): { [name in Name]?: string } => {
    const text = given.get(name)
    return (text === undefined ? {} : { [name]: text }) as { [name in Name]?: string }
  }
  switch (type) {
    case 'ftp':
    case 'anon-ftp':
    case 'tftp':
      return { access: type, site: value('site'), name: value('name'), ...optional('directory'), ...optional('mode') }
    case 'local-file':
      return { access: type, name: value('name'), ...optional('site') }
    case 'mail-server':
      return { access: type, server: value('server'), ...optional('subject') }
    case 'url':
      // White space in it comes from folding: a URL has none of its own (RFC 2017 3.1).
      return { access: type, url: value('url').replace(/\s+/g, '') }
    default:
      return { access: 'other', type, parameters: [...given].filter(([name]) => !COMMON.has(name)) }
  }
}

const COMMON = new Set(['access-type', 'expiration', 'size', 'permission'])

/** The parameters of Content-Type that say it, for the composer. */
export function externalParameters(where: ExternalAccess): (readonly [name: string, value: string])[] {
  const named: (readonly [string, string | number | undefined])[] = [
    ['access-type', where.access === 'other' ? where.type : where.access],
    ...ownParameters(where),
    ['size', where.size],
    ['permission', where.permission],
    ['expiration', where.expiration],
  ]
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]))
}

function ownParameters(where: ExternalAccess): (readonly [string, string | undefined])[] {
  switch (where.access) {
    case 'local-file':
      return [
        ['name', where.name],
        ['site', where.site],
      ]
    case 'mail-server':
      return [
        ['server', where.server],
        ['subject', where.subject],
      ]
    case 'url':
      return [['url', where.url]]
    case 'other':
      return [...where.parameters]
    default:
      return [
        ['site', where.site],
        ['directory', where.directory],
        ['name', where.name],
        ['mode', where.mode],
      ]
  }
}
