/** mesg and who: whose terminal may be written onto, and who sits at one. SEND of RFC 821 writes there. */
import { atOnce, options, readable, usage, type ShellCommand } from './command.ts'

const MESG = 'mesg [y|n]'

export const mesg: ShellCommand = {
  name: 'mesg',
  synopsis: MESG,
  summary: 'shell.mesg',
  reads: false,
  feeds: true,
  run: atOnce((context) => {
    const { terminal, out, complain, arguments: given } = context
    const [wanted, ...more] = given
    if (more.length > 0) return usage(context, MESG)
    if (wanted === undefined) return out.text(`is ${terminal.writable ? 'y' : 'n'}\n`)
    if (!/^[yn]$/i.test(wanted)) return complain(`mesg: invalid argument: ${readable(wanted)}\n`)
    terminal.writable = wanted.toLowerCase() === 'y'
  }),
}

export const who: ShellCommand = {
  name: 'who',
  synopsis: 'who [-T]',
  summary: 'shell.who',
  reads: false,
  feeds: true,
  run: atOnce((context) => {
    const found = options(context, 'T')?.options
    if (!found) return
    const mark = (writable: boolean) => (found.has('T') ? ` ${writable ? '+' : '-'}` : '')
    for (const { user, terminal, since, writable } of context.host.loggedIn())
      context.out.text(`${user.padEnd(8)}${mark(writable)} ${terminal.padEnd(12)} ${since}\n`)
  }),
}
