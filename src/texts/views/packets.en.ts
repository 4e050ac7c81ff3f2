/** What the capture says, in English. Names of fields stay as the RFCs and Wireshark have them; why they are there is said here. */
export const packetsEnglish = {
  'packets.list': 'Packets, in the order in which they were sent',
  'packets.empty': 'No packet has crossed a wire yet.',
  'packets.empty.more': 'Type telnet, dig or mail in the terminal: every packet will be here, octet by octet.',
  'packets.none': 'No packet is like that.',
  'packets.number': 'No.',
  'packets.time': 'Time',
  'packets.source': 'Source',
  'packets.destination': 'Destination',
  'packets.protocol': 'Protocol',
  'packets.length': 'Length',
  'packets.info': 'What it says',
  'packets.host': 'Host',
  'packets.host.all': 'all hosts',
  'packets.protocol.all': 'all protocols',
  'packets.text': 'Search in the packets',
  'packets.conn': 'connection {conn}',
  'packets.conn.all': 'Show all connections again',
  'packets.count': '{shown} of {all}',
  'packets.save': 'Save the capture (pcapng, for Wireshark)',
  'packets.compare': 'Compared with Wireshark',
  'packets.compare.place':
    'Wireshark listens at one network card. Here all wires of the world are heard at once, and a packet is listed once, when it sets out; the answer to a SYN when it arrives.',
  'packets.compare.ack':
    'Packets that do nothing but acknowledge are left out, except the third of the handshake. What was heard is acknowledged by the next packet that goes the other way (its Ack counts what was under way as arrived). A real host that has nothing to say sends a bare ACK within half a second, after a FIN, too (RFC 9293 3.8.6.3): nearly every second line would be one.',
  'packets.compare.room':
    'A packet carries up to 16,384 octets, and the SYNs agree on that; on Ethernet it is 1460, and a long message is eleven times as many packets. Windows never fill. Numbers begin at 0, as Wireshark shows them, too.',
  'packets.compare.lost':
    'What was lost is listed where it set out, with a cross. Wireshark sees only that something is missing, or comes again.',
  'packets.compare.below':
    'Below IP there is nothing: no Ethernet, no ARP, and no routers that would take from the time to live. In the saved file the packets begin with IP (LINKTYPE_RAW), and all checksums are right.',
  'packets.only': 'Only this connection',
  'packets.follow': 'Follow stream',
  'packets.details': 'Packet {number}',
  'packets.layers': 'Layers of the packet',
  'packets.bytes': 'Its octets, in hexadecimal and as text',
  'packets.more': '{octets} more octets',
  'packets.point': 'Point at a field or at an octet, or go through the layers with the arrow keys.',
  'packets.octets': 'octets {from} to {to}',
  'packets.octet': 'octet {from}',
  'packets.lost.loss': 'lost on the way',
  'packets.lost.cut': 'lost: the line is cut',
  'packets.lost.down': 'lost: the host is down',
  'packets.lost.what':
    'This packet never arrived. Of the segments of TCP the one that got through is in the list again, further down.',
  'packets.stream': 'Stream {conn}: {client} and {server}, {service}',
  'packets.stream.back': 'Back to the packets',
  'packets.stream.ends': 'The two ends',
  'packets.stream.eavesdropper': 'An eavesdropper',
  'packets.stream.side': 'Whose ears',
  'packets.stream.client': '{client} says',
  'packets.stream.server': '{server} answers',
  'packets.stream.handshake': '(they agree on keys)',
  'packets.stream.alert': '(an alert: this end ends TLS)',
  'packets.stream.message': '(of a message: {octets} octets)',
  'packets.stream.sealed': '{records}, {octets} octets',
  'packets.stream.begins': 'From here on TLS: the ends go on as before, and whoever listens on the way has only noise.',
  'packets.stream.clear': 'All of this is in the clear: whoever carries the packets reads it, passwords and all.',
  'packets.stream.before': '{count} earlier pieces are not shown.',
  'packets.stream.empty': 'Nothing has been said yet.',

  'packets.why.ip':
    'The Internet layer: it carries a packet from one address to the other, over any number of networks, and promises nothing (RFC 791).',
  'packets.why.ip.version': 'Which Internet Protocol this is: 4.',
  'packets.why.ip.header': 'How long this header is, in words of four octets: five of them, for there are no options.',
  'packets.why.ip.service': 'How urgent the packet is. Mail is not.',
  'packets.why.ip.length':
    'Octets of the whole packet, this header included. Up to 16,424 here; Ethernet has room for 1500.',
  'packets.why.ip.id':
    'A number by which the pieces of a packet that was cut would find each other. Here: its number in this list.',
  'packets.why.ip.fragment': 'DF: routers must not cut this packet. It is whole, so it begins at 0.',
  'packets.why.ip.ttl':
    'How many routers it may still pass. Each takes one away; at 0 the packet is thrown away, so that none goes round for ever.',
  'packets.why.ip.protocol': 'To whom the rest is given at the far end: 6 is TCP, 17 UDP.',
  'packets.why.ip.checksum': 'Sum over this header: a router that finds another throws the packet away.',
  'packets.why.ip.source': 'Who sent it. Nothing proves it, but answers go there.',
  'packets.why.ip.destination': 'Where it is going. The name came from the DNS; on the wire there are only numbers.',
  'packets.why.tcp':
    'The transport layer: it makes out of packets a stream of octets that arrives whole and in order (RFC 9293).',
  'packets.why.tcp.source': 'The program at the sender. A client takes any free port, one for each connection.',
  'packets.why.tcp.destination':
    'The program at the receiver: 25 is mail between hosts, 587 handing in, 110 POP3, 143 IMAP, 80 the web.',
  'packets.why.tcp.seq':
    'Where the first octet of this packet stands in its direction. SYN and FIN count as one octet each. Counted from 0 here; a real connection begins anywhere.',
  'packets.why.tcp.ack':
    'Which octet of the other direction is awaited next: all before it has arrived. What was under way counts as arrived here.',
  'packets.why.tcp.header':
    'How long this header is, in words of four octets. Only a SYN has options here, and is longer.',
  'packets.why.tcp.flags.syn': 'SYN: let us speak. The first of three packets that open a connection.',
  'packets.why.tcp.flags.syn-ack': 'SYN and ACK: gladly, I heard you. The second of three.',
  'packets.why.tcp.flags.ack':
    'ACK: I heard you, too. The third: now the connection is open on both sides. It is the only packet in this list that does nothing but acknowledge.',
  'packets.why.tcp.flags.push': 'PSH: give it to the program at once. ACK: the acknowledgment number counts.',
  'packets.why.tcp.flags.fin': 'FIN: I have said all. The other direction stays open until it says so, too.',
  'packets.why.tcp.flags.reset':
    'RST: there is no such connection, or nobody listens on that port. It is over at once.',
  'packets.why.tcp.window':
    'For how many octets the sender has room, in the unit on which the SYNs have agreed. Windows are not simulated: there is always room.',
  'packets.why.tcp.checksum': 'Sum over addresses, header and data: what was damaged is thrown away, and sent again.',
  'packets.why.tcp.urgent': 'Where urgent data ends. There is none.',
  'packets.why.tcp.option.mss':
    'The most that one packet to me may carry. Over Ethernet one finds 1460 here: 1500 octets less both headers.',
  'packets.why.tcp.option.nop': 'Says nothing: it fills up, so that the options end with a word of four octets.',
  'packets.why.tcp.option.scale':
    'My windows are to be shifted by so many bits: two octets could tell of no more than 65,535 (RFC 7323).',
  'packets.why.tcp.option.kind': 'Which option this is.',
  'packets.why.tcp.option.length': 'Octets of the option, this one and the kind included.',
  'packets.why.udp':
    'The transport layer without a promise: one packet, that arrives or does not (RFC 768). Good for one question and one answer.',
  'packets.why.udp.source': 'Where the answer is to go: a port taken for this one question.',
  'packets.why.udp.destination': 'The program at the receiver: 53 is the DNS.',
  'packets.why.udp.length': 'Octets of header and data.',
  'packets.why.udp.checksum': 'Sum over addresses, header and data.',
  'packets.why.data': 'What the packet carries, and what this page makes nothing more of.',
  'packets.why.tls': 'Transport Layer Security: records, of which all but the first are sealed (RFC 8446).',
  'packets.why.tls.record': 'A record: type, version and length in the clear, the rest as its type says.',
  'packets.why.tls.type': '22 shakes hands, 21 is an alert, 23 is data, and whatever has to stay secret travels as 23.',
  'packets.why.tls.version':
    'Says TLS 1.2 for the sake of old firewalls; which version is really meant stands in an extension.',
  'packets.why.tls.length': 'How many octets follow that belong to it.',
  'packets.why.tls.handshake':
    'A message by which the two ends agree on keys. Both hellos are in the clear: there are no keys yet.',
  'packets.why.tls.message': '1 is the client’s hello, 2 the server’s.',
  'packets.why.tls.random': '32 octets by chance, so that no two handshakes are alike.',
  'packets.why.tls.session': 'Was for taking up an older session. TLS 1.3 has no use for it.',
  'packets.why.tls.suite': 'By what the data is sealed and the keys are mixed.',
  'packets.why.tls.compression': 'None: compression has given secrets away.',
  'packets.why.tls.ext.type': 'Which extension this is.',
  'packets.why.tls.ext.server_name':
    'The name of the host that is called, in the clear: an eavesdropper learns it (RFC 6066).',
  'packets.why.tls.ext.supported_groups': 'On which curve the keys are agreed.',
  'packets.why.tls.ext.signature_algorithms': 'By which signatures the server may prove who it is.',
  'packets.why.tls.ext.supported_versions': 'The version that is really meant: TLS 1.3.',
  'packets.why.tls.ext.key_share':
    'Half of the key exchange. With both halves, which everybody sees, only the two ends can work out the key (Diffie and Hellman).',
  'packets.why.tls.ext.other': 'An extension that this page knows no more about.',
  'packets.why.tls.sealed': 'Sealed with AES-GCM: who has no key reads nothing, and cannot change an octet unnoticed.',
  'packets.why.tls.level': 'How bad it is: all but a farewell is fatal.',
  'packets.why.tls.alert': 'Why the connection ends.',
  'packets.why.dns': 'The Domain Name System: a question and its answers in one form (RFC 1035 4).',
  'packets.why.dns.id': 'A number by chance, repeated in the answer: so the asker knows which question it belongs to.',
  'packets.why.dns.flags': 'Sixteen bits that say what kind of message this is.',
  'packets.why.dns.qr': '0 asks, 1 answers.',
  'packets.why.dns.opcode': '0 is an ordinary question.',
  'packets.why.dns.aa': 'The answer comes from a server of the zone itself, not from somebody’s memory.',
  'packets.why.dns.tc': 'The answer was too long for a datagram and is cut.',
  'packets.why.dns.rd': 'Please find it out for me, wherever it is.',
  'packets.why.dns.ra': 'This server finds things out for others.',
  'packets.why.dns.rcode': '0: all went well. 2: the server failed. 3: there is no such name (NXDOMAIN). 5: refused.',
  'packets.why.dns.count': 'How many of them follow.',
  'packets.why.dns.question': 'What is asked. An answer repeats it.',
  'packets.why.dns.name':
    'A name: the length of each label stands before it, and a 0 ends it. There are no dots on the wire.',
  'packets.why.dns.pointer':
    'A name that is there already is not written again: two octets that begin with the bits 11 point at it (RFC 1035 4.1.4).',
  'packets.why.dns.type':
    'Which kind of record: A an address, MX who takes the mail of a domain, PTR the name of an address, NS a name server.',
  'packets.why.dns.class': '1: the Internet.',
  'packets.why.dns.answers': 'Records that answer the question.',
  'packets.why.dns.authorities':
    'Whose word counts here: name servers, or the SOA record that says that there is nothing.',
  'packets.why.dns.additionals':
    'What the asker would ask next: addresses of the hosts named above, and how long a datagram may be (EDNS).',
  'packets.why.dns.record': 'A record: name, type, class, how long it may be kept, and its data.',
  'packets.why.dns.ttl': 'For so many seconds whoever hears it may remember it.',
  'packets.why.dns.length': 'Octets of the data that follows.',
  'packets.why.dns.preference': 'The lower number is tried first; the others when it does not answer.',
  'packets.why.dns.exchange': 'The host that takes the mail of this domain. Its address is asked for next.',
  'packets.why.dns.data.A': 'An address: four octets.',
  'packets.why.dns.data.NS': 'A server that knows this zone.',
  'packets.why.dns.data.CNAME': 'The real name, of which the one asked for is only an alias.',
  'packets.why.dns.data.PTR': 'The name that belongs to an address, as its owner says.',
  'packets.why.dns.data.TXT': 'Text.',
  'packets.why.dns.data.SRV': 'Priority, weight, port and host of a service (RFC 2782).',
  'packets.why.dns.data.SOA':
    'Who is responsible for the zone, and for how long “there is no such name” may be remembered.',
  'packets.why.dns.data.MX': 'Preference and host that takes the mail.',
  'packets.why.dns.data.other': 'Data of a type that this page knows no more about.',
  'packets.why.dns.size': 'How long a datagram the sender takes; without EDNS it is 512 octets (RFC 6891).',
  'packets.why.dns.edns': 'More bits for the code and the flags, and options. None is used here.',
  'packets.why.smtp': 'Simple Mail Transfer Protocol: lines of text, a reply to each command (RFC 5321).',
  'packets.why.smtp.verb': 'What the server shall do. Upper or lower case makes no difference.',
  'packets.why.smtp.code': 'First digit: 2 done, 3 go on, 4 not now, 5 no. Programs read only the number.',
  'packets.why.smtp.separator': 'A hyphen: more lines of this reply follow. A blank: this is the last one.',
  'packets.why.lmtp':
    'Local Mail Transfer Protocol: SMTP for the last step, with an answer for each recipient (RFC 2033).',
  'packets.why.pop3': 'Post Office Protocol: fetching mail (RFC 1939).',
  'packets.why.pop3.verb': 'What the server shall do.',
  'packets.why.pop3.status': '+OK it is done, -ERR it is not.',
  'packets.why.imap': 'Internet Message Access Protocol: mail stays on the server and is read there (RFC 9051).',
  'packets.why.imap.tag':
    'The client’s own mark for the command; the answer that ends it bears the same. An asterisk: this is told beside it. A plus: go on.',
  'packets.why.imap.verb': 'What the server shall do.',
  'packets.why.http':
    'Hypertext Transfer Protocol: a request and its answer, each a head of text lines and behind it, perhaps, a body (RFC 9110, 9112). A webmail speaks it with the browser; the mail itself goes on by IMAP and SMTP behind it.',
  'packets.why.http.request': 'What the browser wants, in one line.',
  'packets.why.http.method':
    'GET: show me this. POST: take what stands in the body and do something with it. Upper and lower case make a difference here.',
  'packets.why.http.target':
    'Which of the things on this server is meant. What has no place in an address is written %XX, with its octet in hexadecimal.',
  'packets.why.http.version': 'In which version this is said: how the message is cut into lines and body.',
  'packets.why.http.status': 'How it went, in one line.',
  'packets.why.http.code':
    'First digit: 2 done, 3 look elsewhere, 4 the request is wrong, 5 the server failed. In SMTP 3 means go on, and 4 not now.',
  'packets.why.http.phrase': 'The same for people. Programs read only the number.',
  'packets.why.http.field.host':
    'The name that was asked for: one address may have the pages of many names. No request of HTTP/1.1 goes without it.',
  'packets.why.http.field.cookie':
    'What the server gave at the login comes back with every request (RFC 6265): so it knows who asks. Whoever reads it here can be that person without the password.',
  'packets.why.http.field.set-cookie':
    'A word that the browser shall send along from now on (RFC 6265). HttpOnly: no script may read it; SameSite: no other site may make use of it. Without TLS neither keeps it from who listens.',
  'packets.why.http.field.content-type': 'What the body is: the same types as in mail (MIME, RFC 2045).',
  'packets.why.http.field.content-length':
    'How many octets the body has. So its end is known by counting, and no dot ends it as in SMTP.',
  'packets.why.http.field.connection':
    'close: after this answer the connection is over. Else further requests could follow on it.',
  'packets.why.http.field.location': 'Where the browser shall look instead. It asks for that next, by itself.',
  'packets.why.http.field.server': 'What the server says it is.',
  'packets.why.http.field.cache-control': 'no-store: nobody on the way may keep a copy.',
  'packets.why.http.field.allow': 'Which methods would have been right.',
  'packets.why.http.field.other': 'A header field: written as in a letter, but about this request or answer.',
  'packets.why.http.name': 'What the field is about. Upper or lower case makes no difference.',
  'packets.why.http.colon':
    'The colon belongs to the name without a blank between them, else two readers could disagree.',
  'packets.why.http.value': 'What the field says.',
  'packets.why.http.end': 'An empty line: the head is over, as in a letter. What follows, if anything, is the body.',
  'packets.why.http.rest':
    'It belongs to the head, and was begun in a packet before, or goes on further than is shown.',
  'packets.why.http.body': 'What is carried. Its length stood in the head; it may go on over several packets.',
  'packets.why.http.form': 'A field of a form, as it was filled in: a name, an equals sign, a value.',
  'packets.why.http.form.name': 'Which field of the form.',
  'packets.why.http.form.value':
    'What was typed there, %XX for whatever could be taken for a mark. That hides nothing: a password stands here for all to read.',
  'packets.why.http.form.next': 'Another field follows.',
  'packets.why.http.json': 'Data for the program in the page (JSON, RFC 8259).',
  'packets.why.http.line': 'A line of what is carried, here a letter. HTTP does not look at it.',
  'packets.why.command': 'A line that the client says.',
  'packets.why.response': 'A line that the server says.',
  'packets.why.parameters': 'What the verb is about.',
  'packets.why.text': 'For people: it may say anything.',
  'packets.why.line': 'A line of the message itself. It is not looked at, but for the lone dot that ends it.',
  'packets.why.line-end': 'Carriage return and line feed, octets 13 and 10, end every line of these protocols.',
} as const
