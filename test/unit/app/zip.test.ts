import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readZip, zipOf } from '../../../src/app/lesson/own/zip.ts'

const files = [
  { path: '02-part/03-é/goals.yaml', text: 'goals: é\n' },
  { path: '02-part/03-é/empty.txt', text: '' },
]
const text = (octets: Uint8Array) => new TextDecoder().decode(octets)

/** A local header, or one of the central directory, of a packed entry. */
function packed(path: string, content: Uint8Array, size = content.length) {
  const zip = Buffer.from(zipOf([{ path, text: 'x'.repeat(content.length) }]))
  const at = zip.indexOf('x'.repeat(content.length))
  Buffer.from(content).copy(zip, at)
  const central = zip.indexOf('PK\x01\x02')
  zip.writeUInt16LE(8, 8)
  zip.writeUInt16LE(8, central + 10)
  zip.writeUInt32LE(size, central + 24)
  return new Uint8Array(zip)
}

test('what is written is read, the same each time', async () => {
  const archive = zipOf(files)
  expect(zipOf(files)).toEqual(archive)
  expect((await readZip(archive))?.map(({ path, octets }) => ({ path, text: text(octets) }))).toEqual(files)
})

test('its sums are those of other programs', () => {
  // The check value of CRC-32 (ITU-T V.42).
  const archive = Buffer.from(zipOf([{ path: 'a', text: '123456789' }]))
  expect(archive.readUInt32LE(14)).toBe(0xcbf43926)
  expect(archive.readUInt32LE(archive.indexOf('PK\x01\x02') + 16)).toBe(0xcbf43926)
})

test('packed entries are unpacked', async () => {
  const found = await readZip(packed('a/b.txt', deflateRawSync(Buffer.from('hello'.repeat(100)))))
  expect(found?.map(({ path, octets }) => [path, text(octets)])).toEqual([['a/b.txt', 'hello'.repeat(100)]])
})

test('a bomb does not go off', async () => {
  expect(await readZip(packed('bomb', deflateRawSync(Buffer.alloc(30_000_000))))).toBeNull()
})

test('what is no archive, is cut or is encrypted is none', async () => {
  const archive = zipOf(files)
  expect(await readZip(new Uint8Array())).toBeNull()
  expect(
    await readZip(new TextEncoder().encode('PK\x03\x04 nothing of the kind, but long enough to be looked at')),
  ).toBeNull()
  for (let cut = 1; cut < archive.length; cut += 7) expect(await readZip(archive.slice(0, cut))).toBeNull()
  for (let cut = 1; cut < 60; cut += 7) await readZip(archive.slice(cut))
  const encrypted = archive.slice()
  encrypted[Buffer.from(archive).indexOf('PK\x01\x02') + 8] = 1
  expect(await readZip(encrypted)).toBeNull()
})
