import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installed } from '../../../src/node/tools/install.mjs'
import { tooOld } from '../../../src/node/tools/node-version.mjs'
import { listen, readFolder, staticServer } from '../../../src/node/tools/serve.mjs'

describe('what is missing is installed', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  }

  it('not where npm left the same', () => {
    expect(installed(wanted, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } })).toBe(
      true,
    )
    expect(installed(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true)
  })

  it('where nothing is there, a package is missing or has another version', () => {
    expect(installed(wanted, null)).toBe(false)
    expect(installed(null, wanted)).toBe(false)
    expect(installed(wanted, {})).toBe(false)
    expect(installed(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false)
    expect(installed(wanted, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '3.0.0' } })).toBe(
      false,
    )
  })
})

it('a Node that is too old is told so', () => {
  expect(tooOld('20.19.0')).toBeNull()
  expect(tooOld('22.1.0')).toBeNull()
  expect(tooOld('20.18.9')).toMatch(/^Facteur needs Node 20\.19 or newer; this is Node 20\.18\.9\..*$/)
  expect(tooOld('9.0.0')).not.toBeNull()
})

const LONG = 'again and '.repeat(500)

describe('the static server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facteur-serve-'))
  let server: Server
  let port = 0

  beforeAll(async () => {
    mkdirSync(join(folder, 'dist/assets'), { recursive: true })
    writeFileSync(join(folder, 'secret.txt'), 'no')
    writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>')
    writeFileSync(join(folder, 'dist/assets/é 1.js'), '1')
    writeFileSync(join(folder, 'dist/long.js'), LONG)
    server = staticServer(readFolder(join(folder, 'dist')))
    port = await listen(server, 0, false)
  })

  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  /** Not fetch: it would tidy up the path. */
  const ask = (path: string, method = 'GET') =>
    new Promise<{ status: number | undefined; type: string | undefined; body: string }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method }, (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (text: string) => (body += text))
        response.on('end', () => {
          resolve({ status: response.statusCode, type: response.headers['content-type'], body })
        })
      })
      sent.on('error', reject).end()
    })

  it('gives files with their types', async () => {
    const page = { status: 200, type: 'text/html; charset=utf-8', body: '<!doctype html>' }
    expect(await ask('/')).toEqual(page)
    expect(await ask('/index.html?lang=fr')).toEqual(page)
    expect(await ask('/?lesson=1')).toEqual(page)
    expect(await ask('/assets/%C3%A9%201.js')).toEqual({
      status: 200,
      type: 'text/javascript; charset=utf-8',
      body: '1',
    })
    expect(await ask('/', 'HEAD')).toEqual({ ...page, body: '' })
  })

  it('packs what is long, for whoever takes that', async () => {
    const long = await fetch(`http://127.0.0.1:${port}/long.js`, { headers: { 'accept-encoding': 'gzip' } })
    expect(long.headers.get('content-encoding')).toBe('gzip')
    expect(Number(long.headers.get('content-length'))).toBeLessThan(500)
    expect(await long.text()).toBe(LONG)
    expect((await ask('/long.js')).body).toBe(LONG)
  })

  it('gives nothing else', async () => {
    for (const path of [
      '/nothing',
      '/assets',
      '/assets/',
      '//',
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
    ]) {
      expect((await ask(path)).status, path).toBe(404)
    }
    expect((await ask('/%zz')).status).toBe(400)
    expect((await ask('/', 'POST')).status).toBe(405)
  })

  it('takes the next port where one is taken, and only where it may', async () => {
    const second = staticServer(new Map())
    await expect(listen(second, port, false)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(await listen(second, port, true)).toBeGreaterThan(port)
    expect((second.address() as AddressInfo).address).toBe('127.0.0.1')
    second.close()
  })
})
