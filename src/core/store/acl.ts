/**
 * Who may do what with a mailbox (RFC 4314). What is said of a user and of `anyone` adds up, and what is said of `-user`
 * is taken from it (RFC 4314 2). The owner may always look a mailbox up and give rights, or nobody could undo a slip.
 */
export const ALL_RIGHTS = 'lrswipkxtea'
/** What the owner always has. */
export const OWNERS_RIGHTS = 'la'

/** Rights by identifier; null as long as nobody has set any: then the owner has all, and nobody else has one. */
export type Acl = Map<string, string>

/** Entries of one list. */
export const MOST_ENTRIES = 200

export function rightsOf(acl: Acl | null, owner: string | null, user: string): string {
  if (acl === null) return user === owner ? ALL_RIGHTS : ''
  const granted = said(acl, user) + said(acl, 'anyone')
  const denied = said(acl, `-${user}`) + said(acl, '-anyone')
  const kept = user === owner ? OWNERS_RIGHTS : ''
  return [...ALL_RIGHTS]
    .filter((right) => kept.includes(right) || (granted.includes(right) && !denied.includes(right)))
    .join('')
}

/** The list as it stands for all to see, the owner first. */
export function written(acl: Acl | null, owner: string | null): Acl {
  return acl ?? new Map(owner === null ? [] : [[owner, ALL_RIGHTS]])
}

/** `+` adds, `-` removes, anything else replaces (RFC 4314 3.1); null where a letter is no right. */
export function changedRights(before: string, change: string): string | null {
  const sign = /^[+-]/.exec(change)?.[0] ?? ''
  const letters = change.slice(sign.length).replaceAll('c', 'kx').replaceAll('d', 'te')
  if ([...letters].some((letter) => !ALL_RIGHTS.includes(letter))) return null
  const has = (right: string) =>
    sign === '-'
      ? before.includes(right) && !letters.includes(right)
      : letters.includes(right) || (sign === '+' && before.includes(right))
  return [...ALL_RIGHTS].filter(has).join('')
}

const said = (acl: Acl, identifier: string) => acl.get(identifier) ?? ''
