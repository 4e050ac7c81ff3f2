/** What a message in a mailbox has around it: the reader's machine, the other messages, and whose keys lie where. */
import type { HostName } from '../../core/terms.ts'
import type { LetterView, MailboxView } from '../../core/views/mailboxes.ts'
import { fetchExternal } from '../../core/world/external.ts'
import type { Run } from '../run.svelte.ts'
import type { Circumstances } from './circumstances.ts'
import { keyringOf } from './keyring.ts'

/** `host` has the mailbox; the reader sits at the machine of the person whose it is, or at the host itself. */
export function aroundOf(run: Run, host: HostName, box: MailboxView, letter: LetterView): Circumstances {
  const { sim } = run
  const person = sim.file.people.find(({ account }) => account === box.address)
  const reader = person?.host ?? host
  const mailbox = run.stores.get(host)?.account(box.user)?.mailboxes.get(box.mailbox)
  return {
    fetch: (where) => fetchExternal(sim.world, reader, where),
    siblings: (mailbox?.messages ?? [])
      .filter((other) => other !== letter.message)
      .map(({ content }) => content.octets),
    keys: keyringOf(sim, { host, user: box.user }),
  }
}
