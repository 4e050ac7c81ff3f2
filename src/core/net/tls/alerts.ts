/** TLS alerts (RFC 8446 section 6): why a connection ends. All but close_notify are fatal. */
import type { Octets } from '../../bytes/octets.ts'

const ALERTS = {
  close_notify: 0,
  unexpected_message: 10,
  bad_record_mac: 20,
  record_overflow: 22,
  handshake_failure: 40,
  bad_certificate: 42,
  illegal_parameter: 47,
  decode_error: 50,
  decrypt_error: 51,
  protocol_version: 70,
  missing_extension: 109,
} as const

export type AlertName = keyof typeof ALERTS

/** Thrown by whoever finds the fault; the layer says it to the far end. */
export class TlsAlert extends Error {
  readonly alert: AlertName

  constructor(alert: AlertName) {
    super(alert)
    this.alert = alert
  }
}

/** Level (warning or fatal) and description. */
export function alertOctets(alert: AlertName): Octets {
  return String.fromCharCode(alert === 'close_notify' ? 1 : 2, ALERTS[alert])
}

/** What the far end's alert is called; a number where it has no name here. */
export function alertName(octets: Octets): string {
  const code = octets.charCodeAt(1)
  return Object.entries(ALERTS).find(([, value]) => value === code)?.[0] ?? `alert ${code}`
}
