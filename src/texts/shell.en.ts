/** What the simulated machines' shell says of its own: not the words of the programs that it imitates, which are English everywhere. */
export default {
  'shell.welcome': 'You are at {host}, a simulated machine.\n"help" lists the commands.',
  'shell.logout': 'Good-bye. The terminal stays: here is a new session.',
  'shell.help-intro': 'Commands on this machine ("help COMMAND" for one of them):',
  'shell.help-keys':
    'Ctrl-C ends what runs, Ctrl-D says that there is no more to type, Ctrl-] leads to the prompt of telnet.\nCommands go together: ; one after the other, | the output of one is the input of the next, < and > read and write files, \'...\' and "..." keep words together.',
  'shell.no-help': 'No command "{command}" here; "help" lists those there are.',
  'shell.try-help': '"{command} --help" says how it is used.',
  'shell.did-you-mean': 'Did you mean "{command}"?',
  'shell.not-connected':
    '{verb} is a word of {protocol}, and this is the shell of your machine. First connect to a mail server: telnet HOST {port}',
  'shell.operator': 'Real shells know {operator}; this one does not. In quotes it is a character like any other.',
  'shell.reads-no-pipe': '{command} reads nothing from a pipe or a file here.',
  'shell.feeds-no-pipe':
    '{command} does not feed a pipe or a file here: it comes to no end of its own, or has nothing to say.',
  'shell.cut': '[Cut here: no more than {lines} lines or {kilobytes} kB are shown.]',
  'shell.telnet': 'connects to a port and lets you speak with what listens there',
  'shell.telnet-mode': 'Only "mode line" is there: a line is sent when you press Enter.',
  'shell.telnet-send':
    'Only "send escape" is there: brk, eof, ip and the like are signs of the TELNET protocol (RFC 854), and a mail server does not speak it.',
  'shell.nc': 'like telnet, adding nothing: lines end with LF alone, with -C by CRLF; takes a pipe',
  'shell.openssl':
    'speaks TLS by hand: s_client is telnet for ports behind TLS and shows the certificate; also x509, dgst, md5 and base64',
  'shell.dig': 'asks DNS, and shows the whole answer',
  'shell.host': 'asks DNS, and answers in sentences',
  'shell.nslookup': 'asks DNS, as older courses do',
  'shell.mail':
    'writes a message and hands it in, with -A a file goes along, with -v it shows the dialogue; without ADDRESS it reads your mailbox',
  'shell.mail-not-sent': 'The message was not sent.',
  'shell.mail-no-server': 'This machine is not set up to hand mail in anywhere.',
  'shell.mail-lost': 'the connection was lost',
  'shell.mail-uncertain':
    'the connection was lost after the final dot: the message may have arrived or not, and nobody on this side can know (RFC 1047).',
  'shell.mail-elsewhere':
    'There is no mailbox on this machine; mail is delivered where your address lives, there it is /var/mail/NAME.',
  'shell.mail-no-delete': 'Nothing is deleted here: this mail only reads.',
  'shell.mail-help': 'NUMBER shows a message, Enter the next one, h the list, s NUMBER FILE saves one, q leaves.',
  'shell.mailq': "lists what waits in this machine's mail queue",
  'shell.sendmail':
    'sends a whole message that it reads, header and all, with -t to those whom its fields name; -q tries at once to deliver what waits, -bp lists it as mailq does',
  'shell.sendmail-only': 'Of the modes of sendmail only -bm, which sends, and -bp, which lists the queue, are there.',
  'shell.curl':
    'fetches mail by a URL: imap://HOST/INBOX;UID=1, pop3://HOST/1; -u USER:PASSWORD logs in, -v shows the dialogue, -X says another command, -T sends a file up',
  'shell.tcpdump': "shows the packets on this machine's network card until Ctrl-C, with -A what is in them",
  'shell.cat': 'shows a file, with -A also its line ends; a mailbox is /var/mail/NAME',
  'shell.tail': 'shows the end of a file, with -f what comes to it until Ctrl-C; the mail log is /var/log/mail.log',
  'shell.ls': 'lists a directory, with -l also sizes',
  'shell.rm': 'removes files of your own',
  'shell.echo': 'says its words, with -n without a line end, with -e with \\r and \\n as in printf',
  'shell.printf': "says its words as the format asks: printf 'NOOP\\r\\nQUIT\\r\\n'",
  'shell.base64': 'encodes in base64, with -d decodes, with -i passing over what is none',
  'shell.qprint': 'encodes in quoted-printable, with -d decodes; with -b line ends are octets like any others',
  'shell.iconv': 'converts from one charset to another, with -c leaving out what the other lacks',
  'shell.xxd': 'shows octets in hexadecimal, with -b as bits, with -p the digits alone; -r makes octets of them again',
  'shell.munpack': 'takes a message apart and writes what is attached to it as files, with -t the texts too',
  'shell.md5sum': 'computes the MD5 digest',
  'shell.whoami': 'says who is logged in',
  'shell.who': 'lists who sits at this machine, with -T also whose terminal takes messages',
  'shell.sievec':
    'looks whether a filter script (Sieve) is well written; the one that counts is the file .dovecot.sieve',
  'shell.sieve-test': 'says what a filter script would do with a message: -f its sender, -a whom it is for',
  'shell.mesg': 'says whether mail systems may write onto this terminal (SEND), with n forbids and with y allows it',
  'shell.hostname': "says this machine's name, with -I its address",
  'shell.date': "says what this machine's clock shows",
  'shell.history': 'lists what was typed, but for passwords',
  'shell.clear': 'clears the screen',
  'shell.help': 'lists the commands, or explains one',
  'shell.exit': 'ends this session and begins a new one',
} as const
