/**
 * netcat: octets from the terminal or a pipe to a port, and back, with nothing added. Without `-C` a line ends with LF
 * alone, and a strict mail server does not take that for the end of a line: a lesson in itself.
 */
import { ask, first, type Task } from '../task.ts'
import type { Stream, StreamEvent } from '../stream.ts'
import { options, readable, usage, type Context, type ShellCommand } from './command.ts'
import { dial } from './dial.ts'
import { Dialogue } from './dialogue.ts'
import { isAddress, resolveHost } from './names.ts'
import { portOf, serviceName } from './services.ts'
import type { Typed } from './terminal.ts'

export const nc: ShellCommand = {
  name: 'nc',
  aliases: ['netcat'],
  synopsis: 'nc [-Cnvz] HOST PORT',
  summary: 'shell.nc',
  reads: true,
  feeds: false,
  *run(context) {
    const given = options(context, 'CNnvzw:q:')
    if (!given) return
    const [name, service] = given.rest.map(readable)
    if (name === undefined) return usage(context, 'nc [-Cnvz] HOST PORT')
    const port = service === undefined ? null : portOf(service)
    if (service === undefined) return context.complain('no port[s] to connect to\n')
    if (port === null) return context.complain(`invalid port ${service}\n`)
    if (given.options.has('n') && !isAddress(name)) return context.complain(`Can't parse ${name} as an IP address\n`)
    const found = yield* resolveHost(context.host, name)
    if (!found.ok) return context.complain(`${name}: forward host lookup failed: ${found.why}\n`)
    const address = found.addresses[0]!
    const place = `${isAddress(name) ? '(UNKNOWN)' : found.name} [${address}] ${port} (${serviceName(port) ?? '?'})`
    const stream = yield* dial(context, address, port)
    if (typeof stream === 'string') return context.complain(`${place} : ${stream}\n`)
    if (given.options.has('v')) context.complain(`${place} open\n`)
    if (given.options.has('z')) stream.close()
    else yield* copy(context, stream, given.options.has('C') ? '\r\n' : '\n', new Dialogue(port))
  },
}

/** Both ways, until the far end is done. At the end of the input it sends FIN and goes on listening. */
function* copy(context: Context, stream: Stream, lineEnd: string, dialogue: Dialogue): Task<void> {
  const { terminal, out, input } = context
  let typing = input === null
  let open = true
  if (input !== null) {
    stream.write(lineEnd === '\n' ? input : input.replace(/\r?\n/g, lineEnd))
    stream.close()
  }
  try {
    for (;;) {
      const [, event] = typing
        ? yield* ask(first<StreamEvent | Typed>(stream.read, terminal.read(dialogue.reading())))
        : ([0, yield* ask(stream.read)] as const)
      if (event.on === 'bytes') {
        dialogue.heard(event.data)
        out.put(event.data)
      } else if (event.on === 'closed') {
        // The far end is done; what is left to send is our own FIN.
        open = event.how === 'fin' && typing
        out.flush()
        if (event.how === 'reset') context.complain('nc: Connection reset by peer\n')
        if (event.how === 'timeout') context.complain('nc: Connection timed out\n')
        return
      } else if (event.on === 'line') {
        out.renew()
        dialogue.said(event.data)
        stream.write(event.data + lineEnd)
      } else if (event.on === 'text') stream.write(event.data)
      else if (event.key === 'interrupt') return out.text('^C\n')
      else if (event.key === 'eof') {
        typing = false
        stream.close()
      } else {
        // A tty has no meaning for Ctrl-] of its own: it is an octet like any other.
        stream.write('\x1d')
      }
    }
  } finally {
    // A process that ends leaves nobody to read what still comes.
    if (open && typing) stream.close()
    else if (open) stream.reset()
  }
}
