/**
 * Names of mailboxes: Unicode, levels parted by `/`, INBOX whatever its case and also above its children (RFC 3501 5.1),
 * and the namespaces of RFC 2342: one's own names begin with nothing, other users' with `Other Users/` and the user's
 * name, those that belong to nobody with `Shared/`.
 */
export const DELIMITER = '/'
export const OTHER_USERS = 'Other Users'
export const SHARED = 'Shared'

/** Levels, characters of a name, and mailboxes of one account. */
export const NAME_LIMITS = { levels: 32, characters: 1000, mailboxes: 10_000 } as const

/** INBOX as it is written here. */
export function canonicalName(name: string): string {
  if (name.length < 5 || name.slice(0, 5).toUpperCase() !== 'INBOX') return name
  return name.length === 5 || name[5] === DELIMITER ? `INBOX${name.slice(5)}` : name
}

/** Can there be a mailbox of this name? Not where LIST could not tell it from a pattern, or a person from another. */
export function isPossible(name: string): boolean {
  return (
    name.length <= NAME_LIMITS.characters &&
    !/[\u0000-\u001f\u007f-\u009f\u2028\u2029%*]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(
      name,
    ) &&
    name.split(DELIMITER).every((level) => level !== '') &&
    name.split(DELIMITER).length <= NAME_LIMITS.levels
  )
}

/** The names above, the nearest first: `a/b` and `a` of `a/b/c`. */
export function parentsOf(name: string): string[] {
  const parents: string[] = []
  for (let at = name.lastIndexOf(DELIMITER); at > 0; at = name.lastIndexOf(DELIMITER, at - 1))
    parents.push(name.slice(0, at))
  return parents
}

/** Parents before children, and children before the next of their parents' level. INBOX is first. */
export function byName(one: string, other: string): number {
  const [a, b] = [rank(one), rank(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Control characters are in no name. */
const rank = (name: string) => name.replaceAll(DELIMITER, '\u0001').replace(/^INBOX(?=\u0001|$)/, '\u0000')

export const isBelow = (name: string, parent: string): boolean => name.startsWith(parent + DELIMITER)
