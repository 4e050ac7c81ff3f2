/**
 * A part of the bench, bundled as the app is: what is measured is the code that people run, in Node as in a browser, and
 * not what a loader of TypeScript makes of it (which names every function anew each time that one is made).
 */
import { fileURLToPath } from 'node:url'
import { runInThisContext } from 'node:vm'
import { build } from 'vite'

export interface Benches {
  'engine.ts': typeof import('./engine.ts')
  'message.ts': typeof import('./message.ts')
  'queue.ts': typeof import('./queue.ts')
}

/** A script that sets `bench`. */
export async function bundled(file: keyof Benches): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL(file, import.meta.url)), formats: ['iife'], name: 'bench' },
    },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('vite built nothing')
  return output.output[0].code
}

export const inNode = async <File extends keyof Benches>(file: File): Promise<Benches[File]> =>
  runInThisContext(`${await bundled(file)}\nbench`) as Benches[File]
