import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { writeWorker } from '../../../src/node/tools/offline-plugin.ts'

const scope = 'https://school.example/mail/'
const folder = mkdtempSync(join(tmpdir(), 'facteur-offline-'))
mkdirSync(join(folder, 'assets'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

type Kept = Map<string, Map<string, string>>

/** Runs the worker over caches and a network of our own. */
function start(caches: Kept, network: (url: string) => string | null) {
  const listeners = new Map<string, (event: unknown) => void>()
  const address = (what: string | { url: string }) => new URL(typeof what === 'string' ? what : what.url, scope).href
  const get = (what: string | { url: string }) => {
    const body = network(address(what))
    return body === null ? Promise.reject(new TypeError('offline')) : Promise.resolve(body)
  }
  class Request {
    readonly url: string
    constructor(url: string) {
      this.url = new URL(url, scope).href
    }
  }
  const open = (name: string) => {
    const cache = caches.get(name) ?? new Map<string, string>()
    caches.set(name, cache)
    return Promise.resolve({
      addAll: async (requests: Request[]) => {
        for (const request of requests) cache.set(request.url, await get(request))
      },
      match: (what: string | { url: string }) => Promise.resolve(cache.get(address(what).replace(/\?.*/, ''))),
    })
  }
  runInNewContext(readFileSync(join(folder, 'sw.js'), 'utf8'), {
    self: {
      registration: { scope },
      clients: { claim: () => Promise.resolve() },
      addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
    },
    caches: {
      open,
      keys: () => Promise.resolve([...caches.keys()]),
      delete: (name: string) => Promise.resolve(caches.delete(name)),
    },
    Request,
    Response: { error: () => 'error' },
    fetch: get,
  })
  return {
    async tell(name: 'install' | 'activate') {
      let done: Promise<unknown> = Promise.resolve()
      listeners.get(name)!({ waitUntil: (promise: Promise<unknown>) => (done = promise) })
      await done
    },
    /** Undefined: the worker leaves it to the browser. */
    async ask(url: string, mode: 'navigate' | 'cors' = 'cors', method = 'GET') {
      let answer: Promise<unknown> | undefined
      const respondWith = (promise: Promise<unknown>) => (answer = promise)
      listeners.get('fetch')!({ request: { url: new URL(url, scope).href, mode, method }, respondWith })
      return answer
    },
  }
}

function build(page: string) {
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'assets/app-1.js'), 'code')
  writeWorker(folder)
}

describe('the service worker', () => {
  const online = (url: string) => `${url} from the network`
  const offline = () => null

  beforeEach(() => {
    build('page')
  })

  it('keeps the whole build, and answers from it without a network', async () => {
    const caches: Kept = new Map()
    await start(caches, online).tell('install')
    const worker = start(caches, offline)
    const page = `${scope}index.html from the network`
    expect(await worker.ask('./?lang=fr', 'navigate')).toBe(page)
    expect(await worker.ask('assets/app-1.js')).toBe(`${scope}assets/app-1.js from the network`)
    await expect(worker.ask('assets/other.js')).rejects.toThrow('offline')
  })

  it('asks the network first for the page, last for what it keeps', async () => {
    const caches: Kept = new Map()
    await start(caches, online).tell('install')
    const worker = start(caches, () => 'new')
    expect(await worker.ask('./', 'navigate')).toBe('new')
    expect(await worker.ask('assets/app-1.js')).toBe(`${scope}assets/app-1.js from the network`)
    expect(await worker.ask('assets/other.js')).toBe('new')
  })

  it('leaves alone what is not its own', async () => {
    const worker = start(new Map(), online)
    expect(await worker.ask('https://elsewhere.example/')).toBeUndefined()
    expect(await worker.ask('https://school.example/other/')).toBeUndefined()
    expect(await worker.ask('./', 'cors', 'POST')).toBeUndefined()
  })

  it('drops the cache of the build before, and nobody else’s', async () => {
    const caches: Kept = new Map([['facteur https://school.example/other/ 1', new Map()]])
    await start(caches, online).tell('install')
    const [, before] = caches.keys()
    build('another page')
    const worker = start(caches, online)
    await worker.tell('install')
    expect(caches.size).toBe(3)
    await worker.tell('activate')
    expect(caches.size).toBe(2)
    expect(caches.has(before!)).toBe(false)
    expect(caches.has('facteur https://school.example/other/ 1')).toBe(true)
  })

  it('has another name for another build only', () => {
    const text = () => readFileSync(join(folder, 'sw.js'), 'utf8')
    const first = text()
    build('page')
    expect(text()).toBe(first)
    build('other')
    expect(text()).not.toBe(first)
  })
})
