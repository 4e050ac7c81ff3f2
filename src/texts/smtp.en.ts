/** SMTP for students: what each command does, what each reply code means, and what the coach says. English. */
export const smtpEnglish = {
  'smtp.HELO': 'Says hello and gives your name, the old way: no extensions. A server of today prefers EHLO.',
  'smtp.EHLO': 'Says hello and gives your name. The answer lists what the server can do beyond plain SMTP.',
  'smtp.MAIL':
    'Begins a message and says whom to tell if it cannot be delivered. This is the envelope, not the From: line. <> is nobody.',
  'smtp.RCPT': 'Names one recipient. Say it again for each of them; each gets an answer of its own.',
  'smtp.DATA': 'Now comes the message: headers, an empty line, the text. A dot alone on a line ends it.',
  'smtp..': 'A dot alone on a line ends the message. Only now does the server take it, and with it the responsibility.',
  'smtp.RSET': 'Forgets the message that was begun: sender, recipients, text. The greeting still counts.',
  'smtp.VRFY': 'Asks whether a mailbox exists. Many servers answer 252 today: they do not tell strangers.',
  'smtp.EXPN': 'Asks who is on a mailing list.',
  'smtp.HELP': 'Asks for help. HELP with the name of a command explains that one.',
  'smtp.NOOP': 'Does nothing, and gets an OK. Good for seeing whether the other side is still there.',
  'smtp.QUIT': 'Says good-bye. The server answers 221 and closes the connection.',
  'smtp.STARTTLS': 'From here on, encrypted. After the handshake everything begins anew, with EHLO.',
  'smtp.AUTH': 'Logs in. Base64 is a way of writing, not a secret: without TLS everybody on the way can read it.',
  'smtp.response': 'The server waits for your part of the login, in base64. A lone * gives up.',
  'smtp.content':
    'Everything you type belongs to the message now. End it with a dot alone on a line. A line that begins with a dot needs a second one.',
  'smtp.LHLO':
    'The greeting of LMTP, which hands mail to a mailbox host. As EHLO; afterwards each recipient gets an answer of its own.',
  'smtp.SEND':
    'Begins a message that goes onto the recipient’s terminal, and nowhere else. From the time when people sat at one machine.',
  'smtp.SOML': 'SEND or MAIL: onto the terminal if somebody sits there, else into the mailbox.',
  'smtp.SAML': 'SEND and MAIL: onto the terminal if somebody sits there, and into the mailbox too.',
  'smtp.BDAT':
    'The next so many octets are the message, or a part of it: no dot ends it, and none is doubled. LAST says that it is the last part.',
  'smtp.TURN': 'Swaps the roles: from here on the server sends, over this connection, what it has for you.',
  'smtp.ETRN':
    'Asks the server to send now what waits in its queue for that domain. It does so over a connection of its own.',
  'smtp.chunk': 'These octets belong to the message, until as many have come as BDAT has said.',
  'smtp.closing': 'The server has said good-bye.',

  'smtp.code.211': 'The state of the system, as you asked.',
  'smtp.code.214': 'Help for people.',
  'smtp.code.220': 'The server is ready.',
  'smtp.code.221': 'Good-bye: the server closes the connection.',
  'smtp.code.235': 'You are logged in.',
  'smtp.code.250': 'Done, as you asked.',
  'smtp.code.251': 'That user lives elsewhere; the server passes the message on.',
  'smtp.code.252': 'The server does not say whether the user exists. It takes a message and tries.',
  'smtp.code.334': 'Go on with the login: the server waits for your answer, in base64.',
  'smtp.code.253': 'The server sends so many waiting messages now.',
  'smtp.code.354': 'Go on: send the message, and end it with a dot alone on a line.',
  'smtp.code.355': 'The server still has the beginning: go on from that octet.',
  'smtp.code.421': 'The server cannot go on, and closes the connection. Try again later.',
  'smtp.code.432': 'The password has to be changed before you can log in this way.',
  'smtp.code.450': 'Not now: the mailbox is busy, or the server asks for patience. A client tries again later.',
  'smtp.code.451': 'Something went wrong on the server, not on your side. A client tries again later.',
  'smtp.code.452': 'Not now: too little room, or too many recipients at once. A client tries again later.',
  'smtp.code.454': 'TLS or login does not work at the moment. Try again later.',
  'smtp.code.455': 'The server cannot do that with these parameters now.',
  'smtp.code.458': 'The server cannot send what waits for that domain.',
  'smtp.code.459': 'The server does not do that for you.',
  'smtp.code.500': 'The server does not know this command. A typing error?',
  'smtp.code.501': 'The command is right, what stands behind it is not. Look at its grammar below.',
  'smtp.code.502': 'The server knows this command and does not do it.',
  'smtp.code.503': 'A good command at the wrong moment. First must come another one.',
  'smtp.code.504': 'The server knows the command, but not with this parameter.',
  'smtp.code.521': 'This host takes no mail at all.',
  'smtp.code.523': 'The message is larger than the recipient takes.',
  'smtp.code.530': 'First log in, or first start TLS.',
  'smtp.code.534': 'This way of logging in is too weak for this server.',
  'smtp.code.535': 'User name or password is wrong.',
  'smtp.code.538': 'First STARTTLS: this server takes no password in the clear.',
  'smtp.code.550': 'No: there is no such mailbox here, or the server does not want to. Trying again would not help.',
  'smtp.code.551': 'That user has moved. The server tells you where; you have to send it there yourself.',
  'smtp.code.552': 'Too large, or the mailbox is full. Trying again would not help.',
  'smtp.code.553': 'This address is not allowed, or fits several people.',
  'smtp.code.554': 'The transaction failed. Trying again would not help.',
  'smtp.code.555': 'The server does not know one of the parameters behind the address.',
  'smtp.code.556': 'This domain takes no mail: its MX says so (null MX).',

  'coach.class.4': '4xx: not now. A client keeps the message and tries again.',
  'coach.class.5': '5xx: no. As it is, this will never work.',
  'coach.unrecognized':
    'The server does not know the word “{word}”. Commands have four letters, most of them: EHLO, MAIL, RCPT, DATA …',
  'coach.empty': 'An empty line is no command. It means something only inside a message, behind DATA.',
  'coach.tooLong': 'A command line has at most 512 octets (RFC 5321 4.5.3.1.4).',
  'coach.bareEnd': 'Lines end with CR and LF together. A lone one of them is an error here.',
  'coach.syntax': 'The word is right, the rest is not. It is written: {syntax} (SP is one blank, CRLF the Enter key).',
  'coach.HELO.syntax': 'Behind HELO stands your machine’s name, as in: HELO pc-alice.rennes.example',
  'coach.EHLO.syntax': 'Behind EHLO stands your machine’s name, as in: EHLO pc-alice.rennes.example',
  'coach.MAIL.syntax':
    'The address stands in < > right behind FROM and its colon, as in: MAIL FROM:<alice@rennes.example>',
  'coach.RCPT.syntax': 'The address stands in < > right behind TO and its colon, as in: RCPT TO:<claire@lyon.example>',
  'coach.notImplemented': 'The server knows {word} by name, but does not offer it. EHLO lists what it offers.',
  'coach.sequence.connected': 'Good manners first: say EHLO and your name.',
  'coach.sequence.rejected': 'The server has said 554: it wants nothing from you. Say QUIT.',
  'coach.sequence.ready': 'There is no message yet: begin with MAIL FROM:<…>.',
  'coach.sequence.mail': 'A sender is there, a recipient is not: RCPT TO:<…> comes next. RSET would forget the sender.',
  'coach.sequence.recipients': 'A message is already begun. Finish it with DATA, or forget it with RSET.',
  'coach.tooManyErrors': 'Too many mistakes in one connection: this server loses its patience. Connect again.',
  'coach.timeout': 'Nobody said a word for too long, so the server hung up.',
  'coach.MAIL.badAddress': 'This is not an address. It looks like this: <alice@rennes.example>',
  'coach.RCPT.badAddress': 'This is not an address. It looks like this: <alice@rennes.example>',
  'coach.RCPT.unknown':
    'The domain is right, but nobody there has this name. The other recipients are not touched by it.',
  'coach.RCPT.noRelay':
    'This server does not take mail for that domain: neither do you belong to it, nor the recipient. Ask the DNS for the right one: dig MX and the domain.',
  'coach.RCPT.greylisted':
    'The server does not know you and asks you to come back. Real mail systems do; many spammers do not.',
  'coach.RCPT.tooMany': 'So many recipients are too many for one message. The client sends a second one for the rest.',
  'coach.MAIL.authFirst': 'This is the door for people who live here: log in first (AUTH).',
  'coach.MAIL.tlsFirst': 'This door asks for TLS, then for a password: STARTTLS, then AUTH.',
  'coach.MAIL.notYours': 'You are logged in as somebody else: send under an address that is yours.',
  'coach.VRFY.unknown': 'Nobody here has this name.',
  'coach.EXPN.unknown': 'There is no list of this name here.',
  'coach.AUTH.already': 'You are logged in already: once is enough for one connection.',
  'coach.AUTH.noInitial': 'Here the server speaks first: say AUTH and the mechanism alone, and answer its challenge.',
  'coach.STARTTLS.already': 'TLS is there already: once is enough for one connection.',
  'coach.AUTH.notBase64': 'What stands behind the mechanism has to be base64: the shell’s base64 command makes it.',
  'coach.response.notBase64': 'This has to be base64: the shell’s base64 command makes it. Begin again with AUTH.',
  'coach.response.cancelled': 'You gave up logging in. Everything else goes on.',
  'coach.DATA.noRecipients': 'No recipient was accepted, so there is nobody to send the message to.',
  'coach...loneEnd':
    'The message holds a lone CR or LF. Servers that take it can be tricked (SMTP smuggling), so it is refused whole.',
  'coach...loop':
    'So many Received fields are in it that it must be going round in circles: two hosts, each of which believes the other is the right one.',
  'coach.BDAT.loop': 'So many Received fields are in it that it must be going round in circles.',
  'coach.LHLO.syntax': 'Behind LHLO stands your machine’s name, as in: LHLO mx.lyon.example',
  'coach.BDAT.syntax': 'Behind BDAT stands how many octets follow, and LAST with the last of them, as in: BDAT 86 LAST',
  'coach.ETRN.syntax': 'Behind ETRN stands a domain, @ and a domain for all below it, or # and the name of a queue.',
  'coach.sequence.chunks':
    'A message comes in chunks: go on with BDAT, finish it with BDAT … LAST, or forget it with RSET.',
  'coach.MAIL.unknownParameter':
    'The server does not offer this parameter: EHLO lists the extensions, and each brings its own.',
  'coach.RCPT.unknownParameter': 'Behind a recipient only NOTIFY and ORCPT may stand, and only where EHLO lists DSN.',
  'coach.MAIL.needsUtf8': 'An address beyond ASCII needs the parameter SMTPUTF8, and a server that offers it.',
  'coach.RCPT.needsUtf8': 'An address beyond ASCII needs MAIL … SMTPUTF8 first, and a server that offers it.',
  'coach.MAIL.notYourTransaction': 'Another client gave its transaction this name: choose one that is yours.',
  'coach.RCPT.moved':
    'The server tells the new address and does not send on: say RCPT with that one, at its own server.',
  'coach.RCPT.full': 'That mailbox may never hold so much. The other recipients are not touched by it.',
  'coach.RCPT.mailboxBusy': 'Not now: you have sent a lot in a short time. Wait a little.',
  'coach.RCPT.notLoggedIn':
    'SEND writes onto a terminal, and that person sits at none. SOML or MAIL would reach the mailbox.',
  'coach.DATA.binary':
    'You have said BODY=BINARYMIME: such a message is no text with a dot at its end. Send it by BDAT.',
  'coach.BDAT.noRecipients': 'No recipient was accepted; the octets were read and thrown away.',
  'coach.BDAT.tooBig': 'More octets than this server takes; they were read and thrown away.',
  'coach.BDAT.loneEnd': 'A text in chunks has lines that end with CR LF, too. What is no text says BODY=BINARYMIME.',
  'coach.ETRN.unable': 'This server keeps no mail for that domain.',
  'coach.ETRN.notAllowed': 'Only the domain’s own machines may ask for its mail.',
  'coach.TURN.refused':
    'The server does not swap roles with you: anybody could collect mail under another name. ETRN is the safe way.',
  'coach.VRFY.ambiguous': 'Several people fit: ask again with one of these addresses.',
  'coach.AUTH.failed': 'User name or password is wrong. Base64 of the wrong text is a common reason.',
  'coach.AUTH.noMechanism': 'EHLO lists the mechanisms behind AUTH: this one is not among them.',
  'coach.AUTH.tooWeak': 'The server knows this mechanism and finds it too weak: take another one from the list.',
  'coach.AUTH.tlsFirst': 'First STARTTLS: this server takes no password in the clear.',
  'coach.AUTH.transition':
    'The server has no secret for this mechanism yet: log in once by PLAIN or LOGIN, then it has.',
  'coach.SEND.syntax':
    'The address stands in < > right behind FROM and its colon, as in: SEND FROM:<alice@rennes.example>',
  'coach.SOML.syntax':
    'The address stands in < > right behind FROM and its colon, as in: SOML FROM:<alice@rennes.example>',
  'coach.SAML.syntax':
    'The address stands in < > right behind FROM and its colon, as in: SAML FROM:<alice@rennes.example>',

  'coach.bare-lf': 'That line ended with a lone LF. This server takes it; the standard asks for CR LF.',
  'coach.waits-for-crlf':
    'The server still waits: for it a line ends with CR LF, and only an LF came. telnet sends CR LF; nc sends what it is given.',
  'coach.bare-end-in-message':
    'Lines of a message end with CR LF, as telnet sends them. A file that is piped into nc often has LF alone.',
  'coach.password-in-clear':
    'Without TLS, name and password go over the wire as base64. Anybody on the way can read them: watch it with tcpdump.',
  'coach.hello-differs': 'You gave another name than the DNS has for your address ({detail}). Servers note that.',
  'coach.blank-after-colon': 'A blank behind the colon: this server takes it, a strict one answers 501.',
  'coach.no-brackets': 'An address without < >: this server takes it, a strict one answers 501.',
  'coach.tls-next':
    'Behind this 220 the server waits for a TLS handshake, no longer for lines of text. telnet knows no TLS: whatever you type now ends the connection. openssl s_client -starttls smtp does it.',
  'coach.tls-plaintext':
    'The server waited for TLS and got plain text: it sent an alert and hung up. telnet knows no TLS, so connect again and leave out STARTTLS, or take openssl s_client.',

  'coach.openssl-quit':
    'To s_client a line that begins with Q means: leave. The server never saw your {detail}. Write it in small letters, or start s_client with -quiet or -ign_eof: then letters are data.',
  'coach.openssl-letter':
    'To s_client a line that begins with R or K is a command of its own (new keys). The server never saw your {detail}. Write it in small letters, or start s_client with -quiet or -ign_eof: then letters are data.',
  'coach.openssl-eof':
    's_client leaves at the end of its input, before any answer can come. With -quiet or -ign_eof it waits until the server closes.',

  'coach.dial.unknown': 'The DNS knows no machine of that name. A typing error? Who lives here lists the machines.',
  'coach.dial.no-address':
    'The name is there but has no address: a domain, not a machine. dig MX and the domain tells which machine takes its mail.',
  'coach.dial.refused': 'Refused: the machine is there and answers, but nobody listens on that port.',
  'coach.dial.timeout':
    'Nobody answers at all: the machine is down, or the way to it is cut. That takes so long because TCP keeps trying.',
  'coach.dial.unreachable': 'There is no way to this network.',
  'coach.dial.reset': 'The other side broke off the connection.',
} as const
