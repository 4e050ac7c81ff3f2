import { expect, test } from 'vitest'
import { parameter } from '../../../src/core/message/content-fields.ts'
import { readExternalBody } from '../../../src/core/message/mime/kinds/external-body.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { fetchExternal } from '../../../src/core/world/external.ts'
import { World } from '../../../src/core/world/world.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const courses = readWorld('courses')
const READER = 'shiva.jussieu.fr'
const RFC = '/pub/rfc/rfc/rfc1341.txt'
const SITE = { access: 'anon-ftp', site: 'ftp.jussieu.fr', name: RFC } as const
const made = () => new World(courses, 1)

test("the course's message of MIME leads to its RFC", () => {
  const world = made()
  const [mail] = world.stores.get(READER)!.account('jean')!.mailboxes.get('INBOX')!.messages
  const { root, problems } = parseMessage(mail!.content.octets)
  expect(problems).toEqual([])
  const [text, external] = root.children
  expect(text!.source.slice(text!.body.from, text!.body.to)).toContain('ci-apr\xe8s')
  const parameters = external!.contentType!.parameters.map(({ name, value }) => [name, value] as const)
  expect(parameter(external!.contentType, 'access-type')!.value).toBe('anon-ftp')
  const { where, missing } = readExternalBody(
    parameters,
    external!.source.slice(external!.body.from, external!.body.to),
  )
  expect(missing).toEqual([])
  const fetched = fetchExternal(world, READER, where!)
  expect(fetched).toMatchObject({ host: 'ftp.jussieu.fr', path: RFC })
  expect('octets' in fetched && fetched.octets).toMatch(
    /^Network Working Group +N\. Borenstein, Bellcore\nRequest for Comments: 1341/,
  )
})

test('a site is found by its address, its A record or an alias, with its file in a directory', () => {
  const world = made()
  for (const site of ['FTP.jussieu.fr.', '198.51.100.140'])
    expect(fetchExternal(world, READER, { ...SITE, site })).toHaveProperty('octets')
  const apart = { ...SITE, directory: '/pub/rfc', name: 'rfc/../rfc/rfc1341.txt' }
  expect(fetchExternal(world, READER, apart)).toMatchObject({ path: RFC })
  for (const url of [`ftp://anonymous@ftp.jussieu.fr:21${RFC}`, 'http://ftp.jussieu.fr/pub/rfc/rfc/rfc1341%2Etxt?x#y'])
    expect(fetchExternal(world, READER, { access: 'url', url })).toMatchObject({ path: RFC })
})

test('what is not there is not there for a reason', () => {
  const world = made()
  const why = (where: Parameters<typeof fetchExternal>[2]) => fetchExternal(world, READER, where)
  expect(why({ ...SITE, site: 'ftp.nowhere.example' })).toEqual({ why: 'no-such-host' })
  expect(why({ ...SITE, name: '/pub/rfc/rfc/rfc9999.txt' })).toEqual({ why: 'no-such-file' })
  expect(why({ access: 'mail-server', server: 'x@jussieu.fr' })).toEqual({ why: 'unsupported' })
  expect(why({ access: 'other', type: 'afs', parameters: [] })).toEqual({ why: 'unsupported' })
  for (const url of ['gopher://ftp.jussieu.fr/x', 'nonsense', ''])
    expect(why({ access: 'url', url })).toEqual({ why: 'unsupported' })
  world.fault('down ftp.jussieu.fr')
  expect(why(SITE)).toEqual({ why: 'host-down' })
})

test('a local file is that of the reader; strangers do not see homes', () => {
  const world = made()
  const path = '/home/' + 'jean/note.txt'
  world.layFile(READER, 'jean', path, 'mine')
  expect(fetchExternal(world, READER, { access: 'local-file', name: path })).toMatchObject({ octets: 'mine' })
  expect(fetchExternal(world, READER, { access: 'url', url: `file://${path}` })).toMatchObject({ octets: 'mine' })
  expect(fetchExternal(world, 'soleil.uvsq.fr', { access: 'local-file', name: path })).toEqual({ why: 'no-such-file' })
  expect(fetchExternal(world, 'soleil.uvsq.fr', { ...SITE, site: READER, name: path })).toEqual({ why: 'no-such-file' })
  const named = { access: 'ftp', site: READER, name: path } as const
  expect(fetchExternal(world, 'soleil.uvsq.fr', named)).toMatchObject({ octets: 'mine' })
})
