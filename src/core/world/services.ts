/** What the names of services say: protocol, port, TLS. */
export type Served = 'smtp' | 'pop3' | 'imap'

/** Services that a host names by their own name, with their ports; `secure` ones begin with TLS (RFC 8314). */
export const SERVICES = {
  smtp: { protocol: 'smtp', port: 25, secure: false },
  submission: { protocol: 'smtp', port: 587, secure: false },
  submissions: { protocol: 'smtp', port: 465, secure: true },
  lmtp: { protocol: 'smtp', port: 24, secure: false },
  pop3: { protocol: 'pop3', port: 110, secure: false },
  pop3s: { protocol: 'pop3', port: 995, secure: true },
  imap: { protocol: 'imap', port: 143, secure: false },
  imaps: { protocol: 'imap', port: 993, secure: true },
} as const satisfies Record<string, { protocol: Served; port: number; secure: boolean }>

export type ServiceName = keyof typeof SERVICES
