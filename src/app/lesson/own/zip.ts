/**
 * Zip archives (APPNOTE.TXT 4.3), as far as lessons need them: read with limits, since an archive is a stranger's, and
 * written without compression. What is encrypted, larger than 4 GB or packed in another way is not read.
 */
import { through } from '../../link.ts'

export interface ZipEntry {
  path: string
  octets: Uint8Array<ArrayBuffer>
}

/** Octets of an archive, and of all that comes out of it; entries. */
const LARGEST = 20_000_000
const MOST_OCTETS = 20_000_000
const MOST_ENTRIES = 5_000

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const LONGEST_COMMENT = 65_535
const ENCRYPTED = 1
const UTF8 = 0x0800
const STORED = 0
const DEFLATED = 8

/** Null where it is none, or none that can be read. */
export async function readZip(archive: Uint8Array<ArrayBuffer>): Promise<ZipEntry[] | null> {
  if (archive.length > LARGEST) return null
  try {
    return await entriesOf(archive)
  } catch {
    // It ends before it says that it does, or what is packed in it cannot be unpacked.
    return null
  }
}

async function entriesOf(archive: Uint8Array<ArrayBuffer>): Promise<ZipEntry[] | null> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = endOf(view)
  if (end < 0) return null
  const count = view.getUint16(end + 10, true)
  if (count > MOST_ENTRIES) return null
  const entries: ZipEntry[] = []
  let left = MOST_OCTETS
  let at = view.getUint32(end + 16, true)
  for (let nth = 0; nth < count; nth++) {
    if (view.getUint32(at, true) !== CENTRAL) return null
    const u16 = (offset: number) => view.getUint16(at + offset, true)
    const [flags, method, nameLength] = [u16(8), u16(10), u16(28)]
    const size = view.getUint32(at + 20, true)
    const local = view.getUint32(at + 42, true)
    const path = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength))
    at += 46 + nameLength + u16(30) + u16(32)
    if (path.endsWith('/')) continue
    if (flags & ENCRYPTED || view.getUint32(local, true) !== LOCAL) return null
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (from + size > archive.length) return null
    const octets = await unpacked(archive.slice(from, from + size), method, left)
    if (octets === null) return null
    left -= octets.length
    entries.push({ path, octets })
  }
  return entries
}

/** Where the end of the central directory is told: behind it only a comment stands. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - LONGEST_COMMENT); at--)
    if (view.getUint32(at, true) === END) return at
  return -1
}

/** A few octets could stand for gigabytes: null where more come out than are left. */
async function unpacked(
  octets: Uint8Array<ArrayBuffer>,
  method: number,
  left: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (method === DEFLATED) return through(new DecompressionStream('deflate-raw'), octets, left)
  return method === STORED && octets.length <= left ? octets : null
}

/** The archive of these texts. The same texts give the same archive. */
export function zipOf(files: readonly { path: string; text: string }[]): Uint8Array<ArrayBuffer> {
  const locals: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const { path, text } of files) {
    const name = new TextEncoder().encode(path)
    const content = new TextEncoder().encode(text)
    const sum = crc32(content)
    const header = [20, UTF8, STORED, 0, FIRST_DAY] as const
    const local = record(LOCAL, [...header], [sum, content.length, content.length], [name.length, 0])
    locals.push(local, name, content)
    const entry = record(
      CENTRAL,
      [20, ...header],
      [sum, content.length, content.length],
      [name.length, 0, 0, 0, 0],
      [0, offset],
    )
    central.push(entry, name)
    offset += local.length + name.length + content.length
  }
  const size = central.reduce((sum, { length }) => sum + length, 0)
  const end = record(END, [0, 0, files.length, files.length], [size, offset], [0])
  return joined([...locals, ...central, end])
}

/** 1 January 1980, as MS-DOS has it: there is no earlier one. */
const FIRST_DAY = 0x21

/** A signature and numbers, little end first: 16 bits and 32 bits by turns. */
function record(signature: number, ...groups: number[][]): Uint8Array {
  const widths = groups.map((_group, at) => (at % 2 === 0 ? 2 : 4))
  const length = groups.reduce((sum, group, at) => sum + group.length * widths[at]!, 4)
  const view = new DataView(new ArrayBuffer(length))
  view.setUint32(0, signature, true)
  let at = 4
  for (const [nth, group] of groups.entries())
    for (const value of group) {
      if (widths[nth] === 2) view.setUint16(at, value, true)
      else view.setUint32(at, value, true)
      at += widths[nth]!
    }
  return new Uint8Array(view.buffer)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

function crc32(octets: Uint8Array): number {
  let crc = ~0
  for (const octet of octets) {
    crc ^= octet
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
