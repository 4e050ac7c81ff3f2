/**
 * Makes the page work offline once it was loaded: writes sw.js, a service worker that knows the files of this build.
 *
 * The page itself comes from the network first, so that a new build is seen at once; everything else comes from the
 * cache. A new worker waits until the last tab of the old build is closed: until then that tab finds its own files.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'

export function offline(): Plugin {
  let folder = ''
  return {
    name: 'facteur-offline',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    // Now everything lies there, the public folder's files too.
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        writeWorker(folder)
      },
    },
  }
}

export function writeWorker(folder: string): void {
  const files = filesOf(folder).filter((file) => file !== 'sw.js')
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(folder, file)))
  writeFileSync(join(folder, 'sw.js'), worker(files, hash.digest('hex').slice(0, 16)))
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort()
}

/** Several builds may live under one origin: a cache belongs to the place from which its page is served. */
function worker(files: readonly string[], version: string): string {
  return `const place = 'facteur ' + self.registration.scope + ' '
const name = place + '${version}'
const files = ${JSON.stringify(files, null, 2)}

self.addEventListener('install', (event) => {
  const requests = files.map((file) => new Request(file, { cache: 'no-cache' }))
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(requests)))
})

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((other) => other.startsWith(place) && other !== name)
  const clean = caches.keys().then((names) => Promise.all(old(names).map((other) => caches.delete(other))))
  event.waitUntil(clean.then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return
  const kept = (what) => caches.open(name).then((cache) => cache.match(what, { ignoreSearch: true }))
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await kept('index.html')) ?? Response.error()))
  } else {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)))
  }
})
`
}
