/** A certificate of its own for each start of the bridge, for every name of the world: clients must not verify it. */
import { generate } from 'selfsigned'

export interface Certificate {
  key: string
  cert: string
}

export async function makeCertificate(hosts: readonly string[]): Promise<Certificate> {
  const names = hosts.map((value) => ({ type: 2 as const, value }))
  const made = await generate([{ name: 'commonName', value: 'Facteur bridge' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [...names, { type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] },
    ],
  })
  return { key: made.private, cert: made.cert }
}
