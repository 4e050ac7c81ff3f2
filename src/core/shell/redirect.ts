/** `<`, `>`, `>>` and here-documents: where a command's input comes from and its output goes to (POSIX 2.7). */
import type { Octets } from '../bytes/octets.ts'
import { readable } from './command.ts'
import { absolutePath } from './files.ts'
import type { ShellHost } from './host.ts'
import type { Redirection } from './words.ts'

export interface Redirected {
  /** Null where nothing says so. */
  input: Octets | null
  /** The file that takes the output. */
  output: string | null
}

/** Opens the files in their order, as bash does: what is written to is there, and empty, before the command runs. */
export function redirect(host: ShellHost, redirections: readonly Redirection[]): Redirected | { trouble: string } {
  const redirected: Redirected = { input: null, output: null }
  for (const redirection of redirections) {
    if ('text' in redirection) {
      redirected.input = redirection.text
      continue
    }
    const word = readable('from' in redirection ? redirection.from : redirection.to)
    const path = absolutePath(host, word)
    if ('from' in redirection) {
      redirected.input = host.readFile(path)
      if (redirected.input === null)
        return { trouble: `${word}: ${host.listFiles(path) ? 'Is a directory' : 'No such file or directory'}` }
    } else {
      const trouble = word === '' ? 'No such file or directory' : host.writeFile(path, '', redirection.append)
      if (trouble !== null) return { trouble: `${word}: ${trouble}` }
      redirected.output = path
    }
  }
  return redirected
}
