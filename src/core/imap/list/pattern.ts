/**
 * Patterns of LIST (RFC 3501 6.3.8): `*` is anything, `%` anything within one level. All places at which the pattern can stand
 * are followed at once, so that no pattern takes longer than its length times the name's.
 */

/** INBOX is matched whatever its case, by itself and as a parent. */
export function matches(pattern: string, name: string, delimiter = '/'): boolean {
  if (name === 'INBOX' || name.startsWith(`INBOX${delimiter}`))
    return matchesAsIs(/^inbox(?=$|[*%]|\/)/i.test(pattern) ? `INBOX${pattern.slice(5)}` : pattern, name, delimiter)
  return matchesAsIs(pattern, name, delimiter)
}

function matchesAsIs(pattern: string, name: string, delimiter: string): boolean {
  let places = closure(pattern, new Set([0]))
  for (const character of name) {
    const next = new Set<number>()
    for (const at of places) {
      const wanted = pattern[at]
      if (wanted === '*' || (wanted === '%' && character !== delimiter)) next.add(at)
      else if (pattern.startsWith(character, at) && wanted !== '%' && wanted !== '*') next.add(at + character.length)
    }
    if (next.size === 0) return false
    places = closure(pattern, next)
  }
  return places.has(pattern.length)
}

/** A wildcard may stand for nothing. */
function closure(pattern: string, places: Set<number>): Set<number> {
  for (const at of places) if (pattern[at] === '*' || pattern[at] === '%') places.add(at + 1)
  return places
}
