/** Paths: what stands between `<` and `>` in MAIL and RCPT (RFC 5321 4.1.2). */

export interface Path {
  /** `@a,@b:` before the mailbox, each without its `@`; empty nearly always (RFC 5321 appendix C). */
  route: readonly string[]
  /** As written, with quotes if it had them; its case is kept (RFC 5321 2.4). */
  local: string
  /** As written; an address literal keeps its brackets; '' in `<Postmaster>`. */
  domain: string
}

/** The mailbox, without route and brackets: `Smith@bar.com`. */
export function mailbox(path: Path): string {
  return path.domain === '' ? path.local : `${path.local}@${path.domain}`
}

/** As it stands between the brackets; `null` is the empty path. */
export function pathText(path: Path | null): string {
  if (path === null) return ''
  const route = path.route.length === 0 ? '' : `${path.route.map((host) => `@${host}`).join(',')}:`
  return route + mailbox(path)
}
