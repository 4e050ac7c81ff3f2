// A static server for the built app, on this machine only. It reads all files once, and then knows nothing else: no path
// can lead out of a table, and a build that runs meanwhile does not disturb who is looking at the page.
import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** Smaller files gain nothing. */
const WORTH = 1_000

/** @returns {Map<string, { type: string, body: Buffer, packed: Buffer | null, lasting: boolean }>} by path, as a browser asks for it */
export function readFolder(folder) {
  const files = new Map()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(join(folder, sep).length - 1).replaceAll(sep, '/')
    const type = types[extname(file).toLowerCase()] ?? 'application/octet-stream'
    const body = readFileSync(file)
    const packed = /^text|json|svg/.test(type) && body.length > WORTH ? gzipSync(body) : null
    // What lies in assets/ carries a hash of its content in its name.
    files.set(path, { type, body, packed, lasting: path.startsWith('/assets/') })
  }
  const page = files.get('/index.html')
  if (page) files.set('/', page)
  return files
}

/** @param {ReturnType<typeof readFolder>} files */
export function staticServer(files) {
  return createServer((request, response) => {
    const say = (status, text, headers = {}) => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
      response.end(request.method === 'HEAD' ? undefined : `${text}\n`)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return say(405, 'Only GET and HEAD', { allow: 'GET, HEAD' })
    }
    const path = pathOf(request.url ?? '/')
    if (path === null) return say(400, 'Not a path')
    const file = files.get(path)
    if (!file) return say(404, 'Not found')
    const packs = file.packed !== null && /\bgzip\b/.test(String(request.headers['accept-encoding']))
    const body = packs ? file.packed : file.body
    response.writeHead(200, {
      'content-type': file.type,
      'content-length': body.length,
      ...(file.packed && { vary: 'accept-encoding' }),
      ...(packs && { 'content-encoding': 'gzip' }),
      'cache-control': file.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  })
}

function pathOf(target) {
  try {
    return decodeURIComponent(target.split(/[?#]/, 1)[0])
  } catch {
    return null
  }
}

/**
 * Listens on `port`, or on the next one that is free where `next` allows it.
 * @returns {Promise<number>} the port that it became
 */
export async function listen(server, port, next) {
  for (let tries = next ? 100 : 1; ; port++, tries--) {
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject)
          resolve(undefined)
        })
      })
      return server.address().port
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || tries === 1) throw error
    }
  }
}
