/** The commands of the shell. `help`, completion and the reference read these rows. */
import { iconv, qprint } from './codecs.ts'
import type { ShellCommand } from './command.ts'
import { curl } from './curl.ts'
import { dig } from './dig.ts'
import { cat, ls, rm, tail } from './files.ts'
import { base64, echo, md5sum, printf } from './filters.ts'
import { clear, date, exit, help, history, hostname, whoami } from './here.ts'
import { host } from './host-command.ts'
import { mail } from './mail.ts'
import { mesg, who } from './mesg.ts'
import { munpack } from './munpack.ts'
import { nc } from './nc.ts'
import { nslookup } from './nslookup.ts'
import { openssl } from './openssl.ts'
import { mailq } from './queue.ts'
import { sendmail } from './sendmail.ts'
import { sieveTest, sievec } from './sieve.ts'
import { tcpdump } from './tcpdump.ts'
import { telnet } from './telnet.ts'
import { xxd } from './xxd.ts'

export const commands: readonly ShellCommand[] = [
  telnet,
  nc,
  openssl,
  mail,
  mailq,
  sendmail,
  sievec,
  sieveTest,
  curl,
  dig,
  host,
  nslookup,
  tcpdump,
  cat,
  tail,
  ls,
  rm,
  echo,
  printf,
  base64,
  qprint,
  iconv,
  xxd,
  munpack,
  md5sum,
  whoami,
  who,
  mesg,
  hostname,
  date,
  history,
  clear,
  help,
  exit,
]
