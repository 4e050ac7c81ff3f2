/** Who, where and when; help, history, clear and exit. */
import type { ShellCommand } from './command.ts'
import { atOnce, findCommand, readable } from './command.ts'
import { dateText, now } from './date.ts'

const row = { reads: false, feeds: true } as const

export const whoami: ShellCommand = {
  ...row,
  name: 'whoami',
  synopsis: 'whoami',
  summary: 'shell.whoami',
  run: atOnce(({ host, out }) => out.text(`${host.user}\n`)),
}

export const hostname: ShellCommand = {
  ...row,
  name: 'hostname',
  synopsis: 'hostname [-f | -s | -I]',
  summary: 'shell.hostname',
  run: atOnce(({ host: { machine }, out, arguments: [option] }) =>
    out.text(`${option === '-s' ? machine.host.split('.')[0] : option === '-I' ? machine.address : machine.host}\n`),
  ),
}

export const date: ShellCommand = {
  ...row,
  name: 'date',
  synopsis: 'date [-R]',
  summary: 'shell.date',
  run: atOnce(({ host, out, arguments: [option] }) =>
    out.text(`${option === '-R' ? host.date().replace(/ \(.*\)$/, '') : dateText(now(host))}\n`),
  ),
}

export const history: ShellCommand = {
  ...row,
  name: 'history',
  synopsis: 'history',
  summary: 'shell.history',
  run: atOnce(({ history: lines, out }) =>
    out.text(lines.map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`).join('')),
  ),
}

export const clear: ShellCommand = {
  ...row,
  name: 'clear',
  synopsis: 'clear',
  summary: 'shell.clear',
  feeds: false,
  // ECMA-48: cursor home, erase the screen, and what has scrolled away.
  run: atOnce(({ terminal }) => terminal.print('\x1b[H\x1b[2J\x1b[3J')),
}

export const exit: ShellCommand = {
  ...row,
  name: 'exit',
  aliases: ['logout'],
  synopsis: 'exit',
  summary: 'shell.exit',
  feeds: false,
  run: atOnce(({ leave }) => leave()),
}

export const help: ShellCommand = {
  ...row,
  name: 'help',
  aliases: ['man'],
  synopsis: 'help [COMMAND]',
  summary: 'shell.help',
  run: atOnce(({ host, out, complain, commands, arguments: [wanted] }) => {
    if (wanted !== undefined) {
      const command = findCommand(commands, wanted)
      if (command) out.text(`${command.synopsis}\n  ${host.say(command.summary)}\n`)
      else complain(`${host.say('shell.no-help', { command: readable(wanted) })}\n`)
      return
    }
    const width = Math.max(...commands.map(({ synopsis }) => synopsis.length)) + 2
    const lines = commands.map(({ synopsis, summary }) => `  ${synopsis.padEnd(width)}${host.say(summary)}\n`)
    out.text(`${host.say('shell.help-intro')}\n\n${lines.join('')}\n${host.say('shell.help-keys')}\n`)
  }),
}
