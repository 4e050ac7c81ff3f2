import { describe, expect, it } from 'vitest'
import { FILE_LIMITS, Files, isFileAct } from '../../../src/core/world/files.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')
const PC = 'pc-alice.rennes.example'
const OTHER = 'pc-bruno.rennes.example'
const HOME = '/home/' + 'alice'

const world = (files: string) => {
  const read = parseWorld(
    `name: w\ntitle: { en: a, fr: b }\nepoch: '2026-09-07T08:00:00Z'\nhosts:\n  a.example:\n    address: 192.0.2.1\n    files:\n${files}`,
    'w.yaml',
  )
  return 'world' in read ? read.world : read.errors.map(({ line, key, message }) => `${line} ${key}: ${message}`)
}

describe('files of a world file', () => {
  it('are text, as UTF-8, or octets', () => {
    const file = world('      /pub/a.txt: "é\\n"\n      /pub/b: { base64: "/wA K" }\n')
    if (Array.isArray(file)) throw new Error(file.join('\n'))
    const files = new Files(file)
    expect(files.read('a.example', '/pub/a.txt')).toBe('\xc3\xa9\n')
    expect(files.read('a.example', '/pub/b')).toBe('\xff\x00\x0a')
    expect(files.read('a.example', '/pub')).toBeNull()
    expect([...files.paths('a.example')]).toEqual(['/pub/a.txt', '/pub/b'])
  })

  it('are told off with their place', () => {
    expect(world('      pub/a: x\n')).toEqual([
      '8 hosts > a.example > files > pub/a: "pub/a" is not the whole path of a file such as /pub/rfc/rfc1341.txt.',
    ])
    for (const path of ['/pub/../a', '/pub//a', '/pub/', '/./a', `/${'x'.repeat(300)}`])
      expect(world(`      ${path}: x\n`)).toHaveLength(1)
    expect(world('      /a: { base64: "?" }\n')).toEqual([
      '8 hosts > a.example > files > /a > base64: "?" is not base64 (RFC 4648 section 4).',
    ])
    expect(world('      /a: { octets: "QQ==" }\n')).toEqual([
      '8 hosts > a.example > files > /a > base64: The key "base64" is missing here.',
      '8 hosts > a.example > files > /a > octets: The key "octets" is not known here. Known are: base64.',
    ])
    expect(world('      /a: "\\0"\n')).toEqual([expect.stringContaining('without control characters')])
    expect(world('      /a: 3\n')).toHaveLength(1)
  })
})

describe('files that people write', () => {
  const files = () => new Files(campus)

  it('lie in their home and in /tmp, for everybody on that machine and nobody elsewhere', () => {
    const all = files()
    expect(all.write(PC, 'alice', `${HOME}/a`, 'one', 5)).toBeNull()
    expect(all.write(PC, 'alice', `${HOME}/a`, 'two', 6, true)).toBeNull()
    expect(all.write(PC, 'bruno', '/tmp/b', '', 5)).toBeNull()
    expect(all.read(PC, `${HOME}/a`)).toBe('onetwo')
    expect(all.writtenAt(PC, `${HOME}/a`)).toBe(6)
    expect(all.read(OTHER, `${HOME}/a`)).toBeNull()
  })

  it.each([
    ['/etc/passwd', 'Permission denied'],
    ['/home/' + 'bruno/x', 'Permission denied'],
    [`${HOME}/../bruno/x`, 'No such file or directory'],
    [`${HOME}x`, 'Permission denied'],
    [`${HOME}`, 'Is a directory'],
    ['/', 'Is a directory'],
    ['/tmp', 'Is a directory'],
    [`${HOME}/no/such`, 'No such file or directory'],
    [`${HOME}/a\0b`, 'No such file or directory'],
    [`${HOME}/${'x'.repeat(256)}`, 'File name too long'],
    ['relative', 'No such file or directory'],
    ['', 'No such file or directory'],
  ])('not at %j: %s', (path, trouble) => {
    expect(files().write(PC, 'alice', path, 'x', 0)).toBe(trouble)
  })

  it('lie in a place for keys that each home has', () => {
    const all = files()
    expect(all.write(PC, 'alice', `${HOME}/.smime/a.pem`, 'key', 0)).toBeNull()
    expect(all.read(PC, `${HOME}/.smime/a.pem`)).toBe('key')
    expect(all.write(PC, 'alice', `${HOME}/.smime`, 'x', 0)).toBe('Is a directory')
    expect(all.write(PC, 'bruno', `${HOME}/.smime/a.pem`, 'x', 0)).toBe('Permission denied')
    expect(all.remove(PC, 'bruno', `${HOME}/.smime/a.pem`)).toBe('Permission denied')
  })

  it.each(['/etc/ssl/certs/ca.pem', '/etc/ssl/private/ca.pem', '/etc/ssl/x'])(
    'are the administrator’s where the machine keeps its certificates: %s',
    (path) => {
      const all = files()
      expect(all.write(PC, 'alice', path, 'x', 0)).toBe('Permission denied')
      expect(all.write(PC, 'root', path, 'ca', 0)).toBeNull()
      expect(all.read(PC, path)).toBe('ca')
      expect(all.remove(PC, 'alice', path)).toBe('Permission denied')
      expect(all.remove(PC, 'root', path)).toBeNull()
    },
  )

  it.each([
    ['/etc/passwd', 'Permission denied'],
    ['/etc/sslx', 'Permission denied'],
    [`${HOME}/x`, 'Permission denied'],
    ['/etc/ssl', 'Is a directory'],
    ['/etc/ssl/certs', 'Is a directory'],
    ['/etc/ssl/no/such', 'No such file or directory'],
    ['/etc/ssl/../passwd', 'No such file or directory'],
  ])('of the administrator are nowhere else: %s', (path, trouble) => {
    expect(files().write(PC, 'root', path, 'x', 0)).toBe(trouble)
  })

  it('are removed by their owner', () => {
    const all = files()
    all.write(PC, 'alice', `${HOME}/a`, 'x', 0)
    expect(all.remove(PC, 'bruno', `${HOME}/a`)).toBe('Permission denied')
    expect(all.remove(PC, 'alice', HOME)).toBe('Is a directory')
    expect(all.remove(PC, 'alice', `${HOME}/a`)).toBeNull()
    expect(all.remove(PC, 'alice', `${HOME}/a`)).toBe('No such file or directory')
  })

  it('are bounded: each, how many on a machine, and all together', () => {
    const all = files()
    const big = 'x'.repeat(FILE_LIMITS.octets)
    expect(all.write(PC, 'alice', '/tmp/big', `${big}x`, 0)).toBe('File too large')
    expect(all.write(PC, 'alice', '/tmp/big', big, 0)).toBeNull()
    expect(all.write(PC, 'alice', '/tmp/big', 'x', 0, true)).toBe('File too large')
    for (let k = 1; k < FILE_LIMITS.all / FILE_LIMITS.octets; k++)
      expect(all.write(OTHER, 'bruno', `/tmp/${k}`, big, 0)).toBeNull()
    expect(all.write(PC, 'alice', '/tmp/more', 'x', 0)).toBe('No space left on device')
    expect(all.write(PC, 'alice', '/tmp/big', 'smaller', 0)).toBeNull()
    for (let k = 1; k < FILE_LIMITS.files; k++) expect(all.write(PC, 'alice', `/tmp/${k}`, '', 0)).toBeNull()
    expect(all.write(PC, 'alice', '/tmp/last', '', 0)).toBe('No space left on device')
    all.remove(PC, 'alice', '/tmp/1')
    expect(all.write(PC, 'alice', '/tmp/last', '', 0)).toBeNull()
  })
})

describe('a file that is laid onto a machine', () => {
  const type = (sim: Sim, line: string) => {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
  const screen = (sim: Sim) => sim.trace.map((event) => (event.kind === 'printed' ? event.text : '')).join('')

  it('is noted, read, sent, and there again in a replay', () => {
    const sim = new Sim(campus)
    sim.open('t1', PC, 'alice')
    sim.layFile(PC, 'alice', `${HOME}/letter.eml`, 'To: bruno@rennes.example\nSubject: laid\n\nhello\n')
    expect(sim.trace.at(-1)).toMatchObject({
      kind: 'file',
      host: PC,
      path: `${HOME}/letter.eml`,
      octets: 46,
      cause: null,
    })
    type(sim, 'cat letter.eml > copy.eml; ls')
    type(sim, 'sendmail -t < copy.eml')
    expect(screen(sim)).toContain('copy.eml    letter.eml\n')
    const mail = sim.world.stores.get('mx1.rennes.example')!.account('bruno')!.mailboxes.get('INBOX')!.messages
    expect(mail.map(({ content }) => content.octets)).toEqual([expect.stringContaining('Subject: laid\r\n')])
    const journal = JSON.parse(JSON.stringify(sim.journal())) as ReturnType<Sim['journal']>
    const again = Sim.replay(campus, journal)
    expect(again.same).toBe(true)
    expect(again.sim.world.files.read(PC, `${HOME}/copy.eml`)).toContain('Subject: laid')
  })

  it('is nothing where it may not lie, in a replay neither', () => {
    const sim = new Sim(campus)
    const before = sim.trace.length
    sim.layFile(PC, 'alice', '/etc/hosts', 'x')
    sim.layFile('nowhere.example', 'alice', '/tmp/x', 'x')
    sim.layFile(PC, '../..', '/home/../../x', 'x')
    expect(sim.trace.length).toBe(before)
    expect(Sim.replay(campus, sim.journal()).same).toBe(true)
  })

  it('does not hide what the machine has by itself', () => {
    const sim = new Sim(campus)
    sim.open('t1', PC, 'alice')
    type(sim, 'echo x > /etc/hosts; echo x > /var/mail/alice; rm /var/mail/alice; echo x > /etc; cat /etc/hostname')
    expect(screen(sim)).toContain(
      'bash: /etc/hosts: Permission denied\nbash: /var/mail/alice: Permission denied\n' +
        "rm: cannot remove '/var/mail/alice': Permission denied\nbash: /etc: Is a directory\n" +
        'pc-alice.rennes.example\n',
    )
  })

  it('is accepted from a saved journal only where it could have been laid', () => {
    const act = { act: 'file', host: PC, user: 'alice', path: `${HOME}/x`, data: '\xff\0' }
    expect(isFileAct(act)).toBe(true)
    const wrong = [
      { host: 3 },
      { user: null },
      { path: `${HOME}/../x` },
      { path: 'x' },
      { data: 'x'.repeat(FILE_LIMITS.octets + 1) },
      { data: '\u0100' },
      { data: [1] },
    ]
    for (const change of wrong) expect(isFileAct({ ...act, ...change })).toBe(false)
  })
})
