/** Lessons that come in: from a folder that is chosen or dropped, or from a zip. */
import { lessonsIn, tooMuch, type FileAt } from '../../../core/lesson/own.ts'
import { ownLessons } from './opened.svelte.ts'
import { adopt } from './shelf.svelte.ts'
import { readZip } from './zip.ts'

/** Files that are looked at, and characters of each. */
const MOST = 5_000
const LONGEST = 2_000_000
const IS_TEXT = /\.(?:md|ya?ml|txt)$/i

/** A folder that was chosen: each file tells its place in it. */
export async function bringFiles(files: Iterable<File>): Promise<void> {
  const texts: FileAt[] = []
  for (const file of [...files].slice(0, MOST))
    if (IS_TEXT.test(file.name) && file.size <= LONGEST)
      texts.push({ path: file.webkitRelativePath || file.name, text: await file.text() })
  await take(texts, 'lesson')
}

/** Folders that were dropped. */
export async function bringFolders(folders: readonly FileSystemEntry[]): Promise<void> {
  const texts: FileAt[] = []
  for (const folder of folders) await walk(folder, texts)
  await take(texts, folders[0]?.name ?? 'lesson')
}

async function walk(entry: FileSystemEntry, texts: FileAt[]): Promise<void> {
  if (texts.length >= MOST) return
  if (isFile(entry)) {
    if (!IS_TEXT.test(entry.name)) return
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    if (file.size <= LONGEST) texts.push({ path: entry.fullPath, text: await file.text() })
  } else if (isFolder(entry)) {
    const reader = entry.createReader()
    // A browser gives the entries in pieces, and then an empty one.
    for (;;) {
      const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      if (piece.length === 0) return
      for (const inner of piece) await walk(inner, texts)
    }
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** False: there is no lesson in it. `quiet`: then nothing is said of it, for it may be meant as something else. */
export async function bringZip(file: File, quiet = false): Promise<boolean> {
  const entries = await readZip(new Uint8Array(await file.arrayBuffer()))
  const texts = entries?.flatMap(({ path, octets }): FileAt[] =>
    IS_TEXT.test(path) && octets.length <= LONGEST ? [{ path, text: new TextDecoder().decode(octets) }] : [],
  )
  const fallback = file.name.replace(/\.zip$/i, '')
  if (quiet && lessonsIn(texts ?? [], fallback).length === 0) return false
  return take(texts ?? [], fallback)
}

/** Puts them on the shelf; one alone is opened. */
async function take(texts: readonly FileAt[], fallback: string): Promise<boolean> {
  const found = lessonsIn(texts, fallback).filter(({ files }) => tooMuch(files) === null)
  const names: string[] = []
  for (const { name, files } of found) names.push(await adopt(name, files))
  const [only] = found
  if (found.length === 1) ownLessons.edit(names[0]!, only!.files, names[0]!)
  else {
    ownLessons.files = null
    ownLessons.said = found.length === 0 ? { key: 'own.none' } : { key: 'own.brought', values: { count: found.length } }
    ownLessons.shown = true
  }
  return found.length > 0
}
