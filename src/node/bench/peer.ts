/** The server that ours is measured beside: smtp-server of npm, which throws away what it takes. Prints its port. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  size: 52_428_800,
  onData(stream, _session, callback) {
    stream.on('end', () => {
      callback()
    })
    stream.resume()
  },
})
const listening = server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(listening.address() as AddressInfo).port}\n`)
})
