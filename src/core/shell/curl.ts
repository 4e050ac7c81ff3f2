/**
 * curl for mail: one transfer for a URL, over the same clients as everything else here. Its messages and its -v are those of
 * curl 8; other protocols than those of mail it does not know.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import type { Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import { readable, type Context, type ShellCommand } from './command.ts'
import { curlImap } from './curl-imap.ts'
import { readOptions, type CurlOptions } from './curl-options.ts'
import { curlPop3 } from './curl-pop3.ts'
import { curlSmtp } from './curl-smtp.ts'
import { failure, MALFORMED, secure, tell, type Failure, type Transfer } from './curl-transfer.ts'
import { readUrl, type CurlUrl } from './curl-url.ts'
import { dial } from './dial.ts'
import { absolutePath } from './files.ts'
import { resolveHost } from './names.ts'
import { readLine } from './read-line.ts'

export const curl: ShellCommand = {
  name: 'curl',
  synopsis: 'curl [-vsklI] [-u USER:PASSWORD] [-X COMMAND] [-T FILE] [-o FILE] [--ssl-reqd] URL...',
  summary: 'shell.curl',
  reads: true,
  feeds: true,
  *run(context) {
    const options = readOptions(context)
    if (options === null) return
    const quiet = options.silent && !options.showErrors
    const urls: readonly (Octets | null)[] = options.urls.length === 0 ? [null] : options.urls
    for (const url of urls) {
      const trouble = url === null ? failure(2, 'no URL specified') : yield* transferOf(context, options, url)
      if (trouble === null || quiet) continue
      context.complain(`curl: (${trouble.code}) ${trouble.text}\n`)
      if (trouble.code === 60) context.complain('More details here: https://curl.se/docs/sslcerts.html\n')
    }
  },
}

function* transferOf(context: Context, options: CurlOptions, typed: Octets): Task<Failure | null> {
  const url = readUrl(typed)
  if ('wrong' in url)
    return url.wrong === 'malformed' ? MALFORMED : failure(1, `Protocol "${readable(url.name)}" not supported`)
  const upload = options.upload === null ? null : readUpload(context, options.upload)
  if (upload === undefined) return failure(26, `Failed to open/read local data from file/application`)
  const login = yield* loginOf(context, options, url)
  if (login === 'interrupted') return null
  const stream = yield* connect(context, options, url)
  if ('code' in stream) return stream
  const parts: Octets[] = []
  const transfer: Transfer = {
    context,
    options,
    url,
    stream,
    login,
    upload,
    put: (octets) => (options.output === null ? context.out.put(octets) : parts.push(octets)),
  }
  let trouble: Failure | null = failure(42, 'Operation was aborted by an application callback')
  try {
    trouble = (url.scheme.endsWith('s') ? yield* secure(transfer) : null) ?? (yield* speak(transfer))
  } finally {
    if (trouble === null) {
      context.out.flush()
      tell(transfer, '*', `Connection #0 to host ${url.host} left intact`)
      stream.close()
    } else if (trouble.code === 42 || trouble.code === 60) stream.reset()
    else {
      tell(transfer, '*', 'closing connection #0')
      stream.close()
    }
  }
  return trouble ?? write(context, options, parts.join(''))
}

function speak(transfer: Transfer): Task<Failure | null> {
  const { scheme } = transfer.url
  if (scheme.startsWith('imap')) return curlImap(transfer)
  return scheme.startsWith('pop3') ? curlPop3(transfer) : curlSmtp(transfer)
}

function* connect(context: Context, options: CurlOptions, url: CurlUrl): Task<Stream | Failure> {
  const { host, port } = url
  const say = (text: string) => {
    if (options.verbose) context.complain(`* ${text}\n`)
  }
  const found = yield* resolveHost(context.host, host)
  if (!found.ok) {
    say(`Could not resolve host: ${host}`)
    return failure(6, `Could not resolve host: ${host}`)
  }
  say(`Host ${host}:${port} was resolved.`)
  say('IPv6: (none)')
  say(`IPv4: ${found.addresses.join(', ')}`)
  for (const address of found.addresses) {
    say(`  Trying ${address}:${port}...`)
    const stream = yield* dial(context, address, port)
    if (typeof stream !== 'string') {
      say(`Connected to ${host} (${address}) port ${port}`)
      return stream
    }
    say(`connect to ${address} port ${port} failed: ${stream}`)
  }
  return failure(7, `Failed to connect to ${host} port ${port}: Could not connect to server`)
}

/** Who logs in: -u before what the URL says. Without a password it is asked for. */
function* loginOf({ terminal }: Context, options: CurlOptions, url: CurlUrl): Task<Transfer['login'] | 'interrupted'> {
  const [given, ...rest] = options.user === null ? [] : options.user.split(':')
  const user = given ?? url.user
  if (user === null) return null
  const typed = given === undefined ? url.password : rest.length > 0 ? rest.join(':') : null
  if (typed !== null) return { user: utf8Text(user), password: utf8Text(typed) }
  // Typed characters are to be seen here; they stay out of history and links.
  const prompt = `Enter host password for user '${readable(user)}':`
  const entered = yield* readLine(terminal, { protocol: 'shell', prompt, secret: () => true })
  if (entered.key === 'interrupt') {
    terminal.print('^C\n')
    return 'interrupted'
  }
  return { user: utf8Text(user), password: utf8Text(entered.line ?? '') }
}

/** Undefined where there is no such file. */
function readUpload({ host, input }: Context, typed: Octets): Octets | undefined {
  if (typed === '-' || typed === '.') return input ?? ''
  return host.readFile(absolutePath(host, readable(typed))) ?? undefined
}

function write({ host }: Context, { output }: CurlOptions, octets: Octets): Failure | null {
  if (output === null) return null
  const trouble = host.writeFile(absolutePath(host, readable(output)), octets, false)
  return trouble === null ? null : failure(23, `Failed writing received data to disk/application: ${trouble}`)
}
