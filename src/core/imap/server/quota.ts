/** How much an account may hold (RFC 9208, RFC 2087 before it): resources STORAGE, in units of 1024 octets, and MESSAGE. */
import { utf8Octets, utf8Text } from '../../bytes/utf8.ts'
import { refused, type QuotaResource } from '../backend.ts'
import { astring, mailboxName } from '../wire/writer.ts'
import { refusal } from './refusal.ts'
import type { Handler, Turn } from './turn.ts'

/** RFC 9208 4.1.1. */
export const getQuota: Handler<'GETQUOTA'> = (turn, reader) => {
  reader.sp()
  const root = utf8Text(reader.astring('a quota root'))
  reader.end()
  const resources = turn.account.quota(root)
  if (refused(resources)) return refusal(turn, resources)
  tellQuota(turn, root, resources)
  return { outcome: 'ok' }
}

/** RFC 9208 4.1.2. */
export const getQuotaRoot: Handler<'GETQUOTAROOT'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.end()
  const { account, utf8 } = turn
  const roots = account.quotaRoots(name)
  if (refused(roots)) return refusal(turn, roots)
  turn.untagged(['QUOTAROOT', mailboxName(name, utf8), ...roots.map((root) => rootName(turn, root))].join(' '))
  for (const root of roots) {
    const resources = account.quota(root)
    if (!refused(resources)) tellQuota(turn, root, resources)
  }
  return { outcome: 'ok' }
}

/** RFC 9208 4.1.3. */
export const setQuota: Handler<'SETQUOTA'> = (turn, reader) => {
  reader.sp()
  const root = utf8Text(reader.astring('a quota root'))
  reader.sp()
  const limits: { name: string; limit: number }[] = []
  reader.take('(')
  while (!reader.try(')')) {
    if (limits.length > 0) reader.sp()
    const name = reader.word('a resource')
    reader.sp()
    limits.push({ name, limit: reader.number('a limit') })
  }
  reader.end()
  const done = turn.account.setQuota(root, limits)
  if (refused(done)) return refusal(turn, done)
  const resources = turn.account.quota(root)
  if (!refused(resources)) tellQuota(turn, root, resources)
  return { outcome: 'ok' }
}

function tellQuota(turn: Turn, root: string, resources: readonly QuotaResource[]): void {
  const list = resources.map(({ name, used, limit }) => `${name} ${used} ${limit}`)
  turn.untagged(`QUOTA ${rootName(turn, root)} (${list.join(' ')})`)
}

/** Never an empty atom. */
const rootName = ({ utf8 }: Turn, root: string) => (root === '' ? '""' : astring(utf8Octets(root), utf8))
