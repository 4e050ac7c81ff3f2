/**
 * The commands and tests of Sieve: a row each, with the extension that brings it, its arguments, its tags, and whether it
 * takes tests and a block. The checker reads the rows, so a new command is a row here and a handler in `run.ts` or
 * `tests.ts`.
 */

export interface NodeRow {
  readonly name: string
  /** Null where RFC 5228 has it without `require`. */
  readonly extension: string | null
  readonly parameters: readonly ParameterRow[]
  readonly tags: readonly TagRow[]
  readonly tests: 'none' | 'one' | 'list'
  readonly block: boolean
}

export type Kind = 'string' | 'string list' | 'number'

export interface ParameterRow {
  readonly name: string
  readonly kind: Kind
  /** It may be left out, and stands in front of those that may not; only with this extension may it be given. */
  readonly optionalWith?: string
}

export interface TagRow {
  readonly tag: string
  /** Of one group only one may be given. */
  readonly group: string
  readonly extension: string | null
  readonly takes: Kind | null
}

const tag = (group: string, name: string, takes: Kind | null = null, extension: string | null = null): TagRow => ({
  tag: name,
  group,
  extension,
  takes,
})

/** RFC 5228 2.7.1 and 2.7.3. */
const MATCH: readonly TagRow[] = [
  tag('match', 'is'),
  tag('match', 'contains'),
  tag('match', 'matches'),
  tag('comparator', 'comparator', 'string'),
]

/** RFC 5228 2.7.4, RFC 5233 4. */
const ADDRESS_PART: readonly TagRow[] = [
  tag('part', 'all'),
  tag('part', 'localpart'),
  tag('part', 'domain'),
  tag('part', 'user', null, 'subaddress'),
  tag('part', 'detail', null, 'subaddress'),
]

/** RFC 3894, RFC 5232 5, RFC 5490 3.2. */
const COPY = tag('copy', 'copy', null, 'copy')
const FLAGS = tag('flags', 'flags', 'string list', 'imap4flags')
const CREATE = tag('create', 'create', null, 'mailbox')

const strings = (name: string): ParameterRow => ({ name, kind: 'string list' })
const string = (name: string): ParameterRow => ({ name, kind: 'string' })
const KEYS = strings('key list')

const row = (
  name: string,
  extension: string | null,
  parameters: readonly ParameterRow[] = [],
  tags: readonly TagRow[] = [],
  tests: NodeRow['tests'] = 'none',
  block = false,
): NodeRow => ({ name, extension, parameters, tags, tests, block })

/** RFC 5232 3. */
const VARIABLE: ParameterRow = { name: 'variable name', kind: 'string', optionalWith: 'variables' }
const flagAction = (name: string) => row(name, 'imap4flags', [VARIABLE, strings('list of flags')])

export const commandRows = byName([
  row('if', null, [], [], 'one', true),
  row('elsif', null, [], [], 'one', true),
  row('else', null, [], [], 'none', true),
  row('require', null, [strings('capabilities')]),
  row('stop', null),
  row('keep', null, [], [FLAGS]),
  row('discard', null),
  row('redirect', null, [string('address')], [COPY]),
  row('fileinto', 'fileinto', [string('mailbox')], [COPY, FLAGS, CREATE]),
  row('reject', 'reject', [string('reason')]),
  row('ereject', 'ereject', [string('reason')]),
  row(
    'set',
    'variables',
    [string('name'), string('value')],
    [
      ...[tag('case', 'lower'), tag('case', 'upper'), tag('first', 'lowerfirst'), tag('first', 'upperfirst')],
      ...[tag('quote', 'quotewildcard'), tag('length', 'length')],
    ],
  ),
  flagAction('setflag'),
  flagAction('addflag'),
  flagAction('removeflag'),
])

export const testRows = byName([
  row('true', null),
  row('false', null),
  row('not', null, [], [], 'one'),
  row('allof', null, [], [], 'list'),
  row('anyof', null, [], [], 'list'),
  row('exists', null, [strings('header names')]),
  row('size', null, [{ name: 'limit', kind: 'number' }], [tag('size', 'over'), tag('size', 'under')]),
  row('header', null, [strings('header names'), KEYS], MATCH),
  row('address', null, [strings('header list'), KEYS], [...MATCH, ...ADDRESS_PART]),
  row('envelope', 'envelope', [strings('envelope part'), KEYS], [...MATCH, ...ADDRESS_PART]),
  row(
    'body',
    'body',
    [KEYS],
    [...MATCH, tag('transform', 'raw'), tag('transform', 'text'), tag('transform', 'content', 'string list')],
  ),
  row('string', 'variables', [strings('source'), KEYS], MATCH),
  row(
    'hasflag',
    'imap4flags',
    [{ name: 'variable list', kind: 'string list', optionalWith: 'variables' }, strings('list of flags')],
    MATCH,
  ),
  row('mailboxexists', 'mailbox', [strings('mailbox names')]),
  row(
    'duplicate',
    'duplicate',
    [],
    [
      ...[tag('id', 'header', 'string'), tag('id', 'uniqueid', 'string'), tag('handle', 'handle', 'string')],
      ...[tag('seconds', 'seconds', 'number'), tag('last', 'last')],
    ],
  ),
])

function byName(rows: readonly NodeRow[]): ReadonlyMap<string, NodeRow> {
  return new Map(rows.map((each) => [each.name, each]))
}

export const COMPARATORS = ['i;octet', 'i;ascii-casemap'] as const

/** What `require` may ask for: what the rows name, and what is no command. */
export const CAPABILITIES: ReadonlySet<string> = new Set([
  ...[...commandRows.values(), ...testRows.values()].flatMap(({ extension, tags }) =>
    [extension, ...tags.map((each) => each.extension)].filter((name) => name !== null),
  ),
  'encoded-character',
  ...COMPARATORS.map((name) => `comparator-${name}`),
])
