import { describe, expect, it } from 'vitest'
import { portOf, serviceName, servicesFile } from '../../../src/core/shell/services.ts'

describe('services', () => {
  it('finds ports by name, alias and number', () => {
    expect(
      [
        'smtp',
        'mail',
        'SMTP',
        'submission',
        'submissions',
        'pop2',
        'pop3',
        'imap',
        'imap2',
        'imaps',
        'pop3s',
        'telnet',
        '4025',
      ].map(portOf),
    ).toEqual([25, 25, 25, 587, 465, 109, 110, 143, 143, 993, 995, 23, 4025])
    expect(['', '0', '65536', '-1', '25x', 'nosuch', 'constructor'].map(portOf)).toEqual(Array(7).fill(null))
    expect([serviceName(25), serviceName(53, 'udp'), serviceName(25, 'udp'), serviceName(4025)]).toEqual([
      'smtp',
      'domain',
      null,
      null,
    ])
  })

  it('writes /etc/services as systems have it', () => {
    const lines = servicesFile().split('\n')
    expect(lines).toContain(
      'smtp            25/tcp          mail              # Simple Mail Transfer Protocol, RFC 5321',
    )
    expect(lines).toContain(
      'pop2            109/tcp         postoffice pop-2  # POP version 2, RFC 937; nobody speaks it any more',
    )
    for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
      expect(line).toMatch(/^[a-z0-9-]+ +\d+\/(?:tcp|udp)(?: +[a-z0-9-]+)*(?: +# .+)?$/)
    }
  })
})
