import { describe, expect, it } from 'vitest'
import { compose } from '../../../src/core/message/mime/build/compose.ts'
import { counted } from '../../../src/core/message/mime/build/unique.ts'
import type { DeliveryStatus } from '../../../src/core/message/mime/kinds/delivery-status.ts'
import { readDeliveryStatus, writeDeliveryStatus } from '../../../src/core/message/mime/kinds/delivery-status.ts'
import { readExternalBody } from '../../../src/core/message/mime/kinds/external-body.ts'
import { deliveryReport } from '../../../src/core/message/mime/kinds/report.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'

const full: DeliveryStatus = {
  message: {
    originalEnvelopeId: 'QQ314159',
    reportingMta: { type: 'dns', text: 'cs.utk.edu' },
    dsnGateway: { type: 'dns', text: 'gw.utk.edu' },
    receivedFromMta: { type: 'dns', text: 'foo.com' },
    arrivalDate: 'Thu, 7 Jul 1994 17:10:28 -0400',
    others: [['X-Queue-ID', 'RAA14128']],
  },
  recipients: [
    {
      originalRecipient: { type: 'rfc822', text: 'louisl@larry.slip.umd.edu' },
      finalRecipient: { type: 'rfc822', text: 'louisl@larry.slip.umd.edu' },
      action: 'failed',
      status: '4.0.0',
      remoteMta: { type: 'dns', text: 'larry.slip.umd.edu' },
      diagnosticCode: { type: 'smtp', text: '426 connection timed out' },
      lastAttemptDate: 'Thu, 7 Jul 1994 17:15:49 -0400',
      finalLogId: 'A1',
      willRetryUntil: 'Fri, 8 Jul 1994 17:15:49 -0400',
    },
    { finalRecipient: { type: 'rfc822', text: 'x@y.z' }, action: 'delayed', status: '4.4.1' },
  ],
}

describe('message/delivery-status', () => {
  it('has a group for the message and one for each recipient', () => {
    const written = writeDeliveryStatus(full)
    expect(written).toContain('Original-Envelope-Id: QQ314159\r\nReporting-MTA: dns; cs.utk.edu\r\n')
    expect(written).toContain('X-Queue-ID: RAA14128\r\n\r\nOriginal-Recipient: rfc822; louisl@larry.slip.umd.edu\r\n')
    expect(readDeliveryStatus(written)).toEqual({ status: full, missing: [] })
  })

  it('is read with comments, folding, any case, and lines that are nothing', () => {
    const { status, missing } = readDeliveryStatus(
      'reporting-mta: DNS;a.b\n\n\n???\nFINAL-RECIPIENT : rfc822;x@y\nAction: Failed (for good)\n' +
        "Status: 5.0.0 (permanent failure)\nDiagnostic-Code: smtp;  550 'x' is not a\n  registered user\nStatus: 4.0.0\n",
    )
    expect(missing).toEqual([])
    expect(status.message).toEqual({ reportingMta: { type: 'dns', text: 'a.b' } })
    expect(status.recipients).toEqual([
      {
        finalRecipient: { type: 'rfc822', text: 'x@y' },
        action: 'failed',
        status: '5.0.0',
        diagnosticCode: { type: 'smtp', text: "550 'x' is not a  registered user" },
        others: [['Status', '4.0.0']],
      },
    ])
  })

  it('says what RFC 3464 requires and is not there', () => {
    expect(readDeliveryStatus('').missing).toEqual(['Reporting-MTA', '1: Final-Recipient'])
    expect(readDeliveryStatus('Reporting-MTA: dns; a\r\n\r\nStatus: 5.0.0\r\n').missing).toEqual([
      '1: Final-Recipient',
      '1: Action',
    ])
  })

  it('is linear in what it reads', () => {
    const began = performance.now()
    expect(readDeliveryStatus('A: b\r\n\r\n'.repeat(200_000)).status.recipients).toHaveLength(199_999)
    expect(readDeliveryStatus('?\r\n'.repeat(500_000)).status.recipients).toHaveLength(0)
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

describe('a delivery report', () => {
  const header = [{ kind: 'raw', name: 'From', value: 'MAILER-DAEMON@cs.utk.edu' } as const]
  const made = (original: Parameters<typeof deliveryReport>[0]['original']) => {
    const content = deliveryReport({ text: 'Désolé.', status: full, original })
    const { root, problems } = parseMessage(compose({ header, content }, counted('r', 'cs.utk.edu')))
    expect(problems.filter(({ key }) => key !== 'date-missing' && key !== 'from-missing')).toEqual([])
    expect([root.subtype, root.parameter('report-type')]).toEqual(['report', 'delivery-status'])
    return root.children
  }

  it('has a text, the status, and the message or its header', () => {
    const original = 'From: a@b\r\nSubject: x\r\n\r\nbody\r\n'
    const [text, status, message] = made({ message: original })
    expect(text!.subtype).toBe('plain')
    expect(readDeliveryStatus(status!.source.slice(status!.body.from, status!.body.to)).status).toEqual(full)
    expect(message!.source.slice(message!.body.from, message!.body.to)).toBe(original)
    const [, , headers] = made({ header: 'From: a@b\r\nSubject: x\r\n\r\n' })
    expect([headers!.type, headers!.subtype]).toEqual(['text', 'rfc822-headers'])
    expect(headers!.source.slice(headers!.body.from, headers!.body.to)).toBe('From: a@b\r\nSubject: x\r\n')
    expect(made(null)).toHaveLength(2)
  })
})

describe('message/external-body', () => {
  const phantom =
    'Content-type: image/jpeg\r\nContent-ID: <id42@guppylake.bellcore.com>\r\n\r\nTHIS IS NOT REALLY THE BODY!\r\n'

  it('of each access type', () => {
    const where = (...parameters: [string, string][]) => readExternalBody(parameters, phantom).where
    expect(where(['Access-Type', 'LOCAL-FILE'], ['name', '/u/nsb/Me.jpeg'], ['permission', 'READ-WRITE'])).toEqual({
      access: 'local-file',
      name: '/u/nsb/Me.jpeg',
      permission: 'read-write',
    })
    expect(where(['access-type', 'mail-server'], ['server', 'listserv@bogus.bitnet'], ['size', '12'])).toEqual({
      access: 'mail-server',
      server: 'listserv@bogus.bitnet',
      size: 12,
    })
    expect(where(['access-type', 'URL'], ['url', 'ftp://cs.utk.edu/\r\n pub/moore'], ['expiration', 'Tue'])).toEqual({
      access: 'url',
      url: 'ftp://cs.utk.edu/pub/moore',
      expiration: 'Tue',
    })
    expect(where(['access-type', 'x-pigeon'], ['coop', '3'], ['size', 'big'])).toEqual({
      access: 'other',
      type: 'x-pigeon',
      parameters: [['coop', '3']],
    })
  })

  it('with its phantom header and body, and what is missing', () => {
    expect(readExternalBody([['access-type', 'ftp']], phantom)).toMatchObject({
      where: null,
      missing: ['name', 'site'],
      contentType: 'image/jpeg',
      contentId: '<id42@guppylake.bellcore.com>',
      phantomBody: 'THIS IS NOT REALLY THE BODY!\r\n',
    })
    expect(readExternalBody([], '')).toMatchObject({
      missing: ['access-type', 'Content-ID'],
      contentType: 'text/plain',
    })
  })
})
