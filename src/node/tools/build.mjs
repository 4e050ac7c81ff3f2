// Builds the app into dist/.
import { join } from 'node:path'
import { runScript, top } from './run.mjs'

/** @returns {Promise<string | null>} the folder, or null when it could not be built; vite has then said why */
export async function build() {
  console.log('Building the app ...')
  const { code, output } = await runScript('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'])
  if (code === 0) return join(top, 'dist')
  console.error(output)
  return null
}
