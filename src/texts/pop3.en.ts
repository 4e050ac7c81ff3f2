/** POP3 for students: what each command does, what the answers mean, and what the coach says. English. */
export const pop3English = {
  'pop3.USER': 'Says whose mailbox you want. The password comes next, with PASS.',
  'pop3.PASS': 'Gives the password, as it is: without TLS everybody on the way can read it.',
  'pop3.APOP':
    'Logs in without showing the password: name, then the MD5 of the greeting’s <…> followed by the password. In the shell: echo -n "<…>password" | md5sum',
  'pop3.AUTH':
    'Logs in with a SASL mechanism, as in SMTP. Alone, it lists the mechanisms. Base64 is a way of writing, not a secret.',
  'pop3.response': 'The server waits for your part of the login, in base64. A lone * gives up.',
  'pop3.STLS': 'From here on, encrypted. After the handshake ask for CAPA again.',
  'pop3.UTF8': 'Says that you can read headers in UTF-8. Only before the login.',
  'pop3.CAPA': 'Asks what this server can do beyond the first POP3. One capability a line, up to the lone dot.',
  'pop3.LANG': 'Asks in which languages the server can answer, or chooses one. What it says to people, not your mail.',
  'pop3.STAT': 'How many messages, and how many octets in all. What is marked as deleted does not count.',
  'pop3.LIST': 'The number and size of each message, or of one. The numbers stay the same until you leave.',
  'pop3.RETR': 'Fetches a whole message, up to the lone dot. It stays on the server until DELE and QUIT.',
  'pop3.DELE': 'Marks a message as deleted. It is only gone when you say QUIT; RSET takes the mark off again.',
  'pop3.NOOP': 'Does nothing, and gets an OK. Good for seeing whether the other side is still there.',
  'pop3.RSET': 'Takes all marks off again: nothing will be deleted.',
  'pop3.TOP': 'The header and so many lines of the text: TOP 1 0 is the header alone. Good before a big RETR.',
  'pop3.UIDL':
    'A name for each message that never changes: so a program knows next time what it has already, though the numbers are others then.',
  'pop3.LAST': 'The highest number that was ever retrieved. Gone from the standard since 1994; UIDL does it better.',
  'pop3.QUIT': 'Says good-bye. Only now the server removes what was marked; a connection that is lost removes nothing.',

  'pop3.code.+OK': 'It worked.',
  'pop3.code.-ERR': 'It did not work. The text says why; programs look at the -ERR only.',
  'pop3.code.+': 'Go on with the login: the server waits for your answer, in base64.',

  'coach.pop3.unrecognized':
    'The server does not know the word “{word}”. In POP3 they have three or four letters: USER, PASS, STAT, LIST, RETR, DELE, QUIT …',
  'coach.pop3.tooLong': 'A command line has at most 255 octets (RFC 2449 4).',
  'coach.pop3.notImplemented': 'The server knows {word} by name, but does not offer it. CAPA lists what it offers.',
  'coach.pop3.sequence.authorization': 'First log in: USER and your name, then PASS and your password.',
  'coach.pop3.sequence.transaction': 'You are logged in already. Leave with QUIT to be somebody else.',
  'coach.pop3.tooManyErrors':
    'Too many mistakes in one connection: this server loses its patience, and nothing that you marked is removed.',
  'coach.pop3.bareEnd': 'Lines end with CR and LF together. A lone one of them is an error here.',
  'coach.pop3.syntax':
    'The word is right, the rest is not. It is written: {syntax} (SP is one blank, CRLF the Enter key).',
  'coach.pop3.noSuch': 'There is no message of that number. LIST alone shows those that are there.',
  'coach.pop3.deleted':
    'You have marked this message as deleted: until you leave, it is as if it were gone. RSET takes all marks off.',
  'coach.pop3.gone':
    'Somebody removed this message by IMAP while you had the mailbox open. POP3 keeps its numbers all the same.',
  'coach.pop3.needsUtf8': 'The header of this message is UTF-8. Leave, and say UTF8 before you log in.',
  'coach.pop3.tlsFirst': 'This server takes no password in the clear: STLS first, or the port with TLS (995).',
  'coach.pop3.inUse':
    'Name and password are right, but another POP3 session has this mailbox: one at a time. IMAP may come in beside you.',
  'coach.pop3.loginDelay':
    'You were here a moment ago: this server wants a pause between two visits. CAPA tells how long (LOGIN-DELAY).',
  'coach.pop3.unavailable': 'The server has a trouble that will pass (SYS/TEMP). Try again later.',
  'coach.pop3.broken': 'The server has a trouble that will not pass by itself (SYS/PERM).',
  'coach.pop3.failed': 'Name or password is wrong; the server does not say which.',
  'coach.pop3.noMechanism': 'The server does not know this mechanism. AUTH alone lists those that it has.',
  'coach.pop3.notBase64': 'This has to be base64: the shell’s base64 command makes it. Begin again with AUTH.',
  'coach.pop3.cancelled': 'You gave up logging in. Everything else goes on.',
  'coach.pop3.already': 'TLS is there already: once is enough for one connection.',
  'coach.pop3.notNow': 'TLS does not work at the moment (SYS/TEMP). Try again later.',
  'coach.pop3.LANG.unknown': 'The server does not speak this language. LANG alone lists those that it has.',
  'coach.pop3.USER.syntax': 'Behind USER stands your name, as in: USER alice',
  'coach.pop3.USER.unknown':
    'This server tells at once that it has no such mailbox. Most wait for the password: they do not tell strangers.',
  'coach.pop3.AUTH.tlsFirst':
    'This mechanism would show the password: STLS first, or another one. AUTH alone lists those that may be used now.',
  'coach.pop3.PASS.sequence': 'PASS comes right after USER. After a wrong password, begin again with USER.',
  'coach.pop3.PASS.failed': 'Name or password is wrong; the server does not say which. Begin again with USER.',
  'coach.pop3.APOP.failed':
    'The digest is wrong: MD5 of the <…> of this greeting, with the brackets, and the password right behind it. echo -n matters: without -n a line end is digested, too.',
  'coach.pop3.APOP.notImplemented': 'There was no <…> in the greeting, so there is nothing to digest: no APOP here.',
  'coach.pop3.DELE.deleted': 'It is marked already. It will be gone when you say QUIT.',
  'coach.pop3.TOP.syntax':
    'TOP wants two numbers: which message, and how many lines of its text. TOP 1 0 is the header alone.',
  'coach.pop3.QUIT.notRemoved': 'Something that you marked is still there. Connect again and look with LIST.',

  'coach.password-as-it-is':
    'Without TLS the password just went over the wire as you typed it. Anybody on the way can read it: watch it with tcpdump. APOP and STLS avoid that.',
  'coach.marks-forgotten':
    'The connection ended without QUIT, so nothing was removed: {detail} messages had been marked as deleted.',
  'coach.auto-logout':
    'Nobody said a word for ten minutes, so the server hung up. It says nothing then, and removes nothing (RFC 1939 3).',
} as const
