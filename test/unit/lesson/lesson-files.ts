/** The lessons' folders, read from the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseGlossary, type Term } from '../../../src/core/lesson/glossary.ts'

const root = join(import.meta.dirname, '../../../lessons')

/** By id, the texts of the files of every lesson. */
export function lessonFolders(): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {}
  for (const part of folders(root))
    for (const name of folders(join(root, part))) {
      const folder = join(root, part, name)
      found[`${part}/${name}`] = Object.fromEntries(
        readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
      )
    }
  return found
}

/** The words that lessons may name; null where nobody has written any. */
export function glossary(): { terms: Term[] } | { errors: unknown } | null {
  const file = join(root, 'glossary.yaml')
  return existsSync(file) ? parseGlossary(readFileSync(file, 'utf8'), 'glossary.yaml') : null
}

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map(({ name }) => name)
    .sort()
