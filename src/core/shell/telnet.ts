/**
 * telnet in line mode, as a mail course uses it: a line is sent when Enter is pressed, with CRLF behind it, and what
 * comes back is shown. Its messages are those of the BSD telnet that most systems have.
 */
import { ask, first, type Task } from '../task.ts'
import type { StreamEvent } from '../stream.ts'
import { readable, type Context, type ShellCommand } from './command.ts'
import { Dialogue } from './dialogue.ts'
import { dial } from './dial.ts'
import { resolveHost } from './names.ts'
import { portOf } from './services.ts'
import { telnetPrompt, type Line } from './telnet-prompt.ts'
import type { Typed } from './terminal.ts'

export const telnet: ShellCommand = {
  name: 'telnet',
  synopsis: 'telnet HOST [PORT]',
  summary: 'shell.telnet',
  reads: false,
  feeds: false,
  *run(context) {
    // VMS writes options behind a slash: `telnet/port=110 HOST`.
    const qualifier = /^telnet\/port=(.+)$/i.exec(context.name)?.[1]
    const words = context.arguments.filter((word) => !/^-[a-zA-Z0-9]+$/.test(word)).map(readable)
    const [host, port = qualifier ?? 'telnet'] = words
    if (words.length > 2) return context.complain('Usage: telnet [host-name [port]]\n')
    const wish = host === undefined ? yield* telnetPrompt(context, null) : { open: host, port }
    const line = wish ? yield* connect(context, wish.open, wish.port) : null
    if (line) yield* talk(context, line)
  },
}

function* connect(context: Context, name: string, service: string): Task<Line | null> {
  const port = portOf(service)
  if (port === null) {
    context.complain(`telnet: could not resolve ${name}/${service}: Servname not supported for ai_socktype\n`)
    return null
  }
  const found = yield* resolveHost(context.host, name)
  if (!found.ok) {
    context.complain(`telnet: could not resolve ${name}/${service}: ${found.why}\n`)
    return null
  }
  for (const [index, address] of found.addresses.entries()) {
    context.out.text(`Trying ${address}...\n`)
    const stream = yield* dial(context, address, port)
    if (typeof stream !== 'string') {
      context.out.text(`Connected to ${found.name}.\nEscape character is '^]'.\n`)
      return { stream, name: found.name, dialogue: new Dialogue(port) }
    }
    const last = index === found.addresses.length - 1
    context.complain(
      `telnet: ${last ? 'Unable to connect to remote host' : `connect to address ${address}`}: ${stream}\n`,
    )
  }
  return null
}

/** Until one end closes. */
function* talk(context: Context, line: Line): Task<void> {
  const { terminal, out } = context
  const { stream, dialogue } = line
  let open = true
  try {
    for (;;) {
      const [, event] = yield* ask(first<StreamEvent | Typed>(stream.read, terminal.read(dialogue.reading())))
      if (event.on === 'bytes') {
        dialogue.heard(event.data)
        out.put(event.data)
      } else if (event.on === 'closed') {
        // The far end is done; what is left to send is our own FIN.
        open = event.how === 'fin'
        out.flush()
        if (event.how === 'reset') out.text('telnet: Connection reset by peer\n')
        if (event.how === 'timeout') out.text('telnet: Connection timed out\n')
        return out.text('Connection closed by foreign host.\n')
      } else if (event.on === 'line') {
        out.renew()
        dialogue.said(event.data)
        stream.write(`${event.data}\r\n`)
      } else if (event.on === 'text') stream.write(event.data)
      // Nothing is sent for Ctrl-C: a mail server would take IAC IP for letters.
      else if (event.key === 'interrupt') out.text('^C\n')
      else if (event.key === 'eof') return out.text('Connection closed.\n')
      else {
        out.text('^]\n')
        if ((yield* telnetPrompt(context, line)) === null) return
      }
    }
  } finally {
    if (open) stream.close()
  }
}
