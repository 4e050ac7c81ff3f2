/** The lessons' folders, read from the disk. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

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

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
