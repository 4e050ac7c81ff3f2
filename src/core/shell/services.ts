/** The well-known ports that mail has to do with, as `/etc/services` lists them (IANA; RFC 6335). */

interface Service {
  name: string
  port: number
  protocol: 'tcp' | 'udp'
  aliases: readonly string[]
  comment: string
}

const service = (line: string): Service => {
  const [entry = '', comment = ''] = line.split('#')
  const [name = '', place = '', ...aliases] = entry.trim().split(/\s+/)
  const [port = '', protocol = ''] = place.split('/')
  return { name, port: Number(port), protocol: protocol === 'udp' ? 'udp' : 'tcp', aliases, comment: comment.trim() }
}

const services: readonly Service[] = [
  'echo 7/tcp',
  'discard 9/tcp sink null',
  'daytime 13/tcp',
  'ftp 21/tcp',
  'ssh 22/tcp # SSH Remote Login Protocol',
  'telnet 23/tcp',
  'lmtp 24/tcp # Local Mail Transfer Protocol, RFC 2033 (any private mail system, to IANA)',
  'smtp 25/tcp mail # Simple Mail Transfer Protocol, RFC 5321',
  'time 37/tcp timserver',
  'domain 53/tcp # Domain Name Server',
  'domain 53/udp',
  'finger 79/tcp',
  'http 80/tcp www # WorldWideWeb HTTP',
  'pop2 109/tcp postoffice pop-2 # POP version 2, RFC 937; nobody speaks it any more',
  'pop3 110/tcp pop-3 # POP version 3, RFC 1939',
  'nntp 119/tcp readnews untp # USENET News Transfer Protocol',
  'imap2 143/tcp imap # Internet Message Access Protocol, RFC 9051',
  'https 443/tcp # http protocol over TLS/SSL',
  'submissions 465/tcp ssmtp smtps urd # Submission over TLS, RFC 8314',
  'submission 587/tcp # Submission, RFC 6409',
  'imaps 993/tcp # IMAP over TLS',
  'pop3s 995/tcp # POP-3 over TLS',
].map(service)

/** What `/etc/services` holds. */
export function servicesFile(): string {
  const rows = services.map(({ name, port, protocol, aliases, comment }) => {
    const place = `${name.padEnd(15)} ${port}/${protocol}`.padEnd(32)
    return `${`${place}${aliases.join(' ')}`.padEnd(50)}${comment && `# ${comment}`}`.trimEnd()
  })
  return `# Network services, Internet style (the ones that mail has to do with)\n\n${rows.join('\n')}\n`
}

/** A port by number or by name; null where it is neither. */
export function portOf(word: string): number | null {
  if (/^\d{1,5}$/.test(word)) {
    const port = Number(word)
    return port >= 1 && port <= 65_535 ? port : null
  }
  const wanted = word.toLowerCase()
  return services.find(({ name, aliases }) => name === wanted || aliases.includes(wanted))?.port ?? null
}

export function serviceName(port: number, protocol: 'tcp' | 'udp' = 'tcp'): string | null {
  return services.find((service) => service.port === port && service.protocol === protocol)?.name ?? null
}
