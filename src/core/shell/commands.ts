/** The commands of the shell. `help`, completion and the reference read these rows. */
import type { ShellCommand } from './command.ts'
import { dig } from './dig.ts'
import { cat, ls, tail } from './files.ts'
import { base64, echo, md5sum, printf } from './filters.ts'
import { clear, date, exit, help, history, hostname, whoami } from './here.ts'
import { host } from './host-command.ts'
import { mail } from './mail.ts'
import { nc } from './nc.ts'
import { nslookup } from './nslookup.ts'
import { mailq, sendmail } from './queue.ts'
import { tcpdump } from './tcpdump.ts'
import { telnet } from './telnet.ts'

export const commands: readonly ShellCommand[] = [
  telnet,
  nc,
  mail,
  mailq,
  sendmail,
  dig,
  host,
  nslookup,
  tcpdump,
  cat,
  tail,
  ls,
  echo,
  printf,
  base64,
  md5sum,
  whoami,
  hostname,
  date,
  history,
  clear,
  help,
  exit,
]
