/** The IMAP server that ours is measured beside: hoodiecrow-imap of npm, which keeps its mail in memory. Prints its port. */
import type { AddressInfo } from 'node:net'
import hoodiecrow from 'hoodiecrow-imap'

const peer = hoodiecrow({
  // Without UIDPLUS, whose COPYUID it writes as a list of 10,000 numbers.
  plugins: ['LITERALPLUS', 'NAMESPACE', 'UNSELECT'],
  storage: { INBOX: { messages: [] }, '': { separator: '/', folders: {} } },
})
peer.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(peer.server.address() as AddressInfo).port}\n`)
})
