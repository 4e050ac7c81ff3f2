import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toOctets } from '../../../src/core/bytes/octets.ts'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { stepRun } from '../../../src/core/message/steps/codecs.ts'
import { isStamp } from '../../../src/core/views/letter.ts'
import {
  beyondSevenBits,
  isWithin,
  shownOctets,
  sourceRegions,
  sourceSegments,
  stepInput,
} from '../../../src/core/views/source.ts'

const folder = join(import.meta.dirname, '../../messages')
const golden = readdirSync(folder).filter((name) => name.endsWith('.eml'))
const read = (name: string) => new MessageModel(toOctets(readFileSync(join(folder, name))))

const lines = (...all: string[]) => all.join('\r\n')

const message = new MessageModel(
  utf8Octets(
    [
      'From: =?iso-8859-1?Q?Andr=E9?= Pirard <pirard@ulg.example>',
      'To: Amis: <@relais.example:anne@cnam.example>;',
      'Subject: =?utf-8?B?w6k=?= et',
      'Content-Type: multipart/mixed; boundary*0=ab; boundary*1=cd',
      '',
      'Avant',
      '--abcd',
      'Content-Transfer-Encoding: base64',
      '',
      'w6k=',
      '--abcd--',
      'Après',
      '',
    ].join('\r\n'),
  ),
)
const regions = sourceRegions(message.tree.root)
const texts = (kind: string) =>
  regions.filter((region) => region.kind === kind).map(({ from, to, text }) => [message.source.slice(from, to), text])

describe('the regions of a source', () => {
  it('are what stands there', () => {
    expect(texts('display-name')).toEqual([['=?iso-8859-1?Q?Andr=E9?= Pirard', 'André Pirard']])
    expect(texts('encoded-word').map(([, text]) => text)).toEqual(['André', 'é'])
    expect(texts('group-name')).toEqual([['Amis', 'Amis']])
    expect(texts('route')).toEqual([['@relais.example', '']])
    expect(texts('local-part').map(([written]) => written)).toEqual(['pirard', 'anne'])
    expect(texts('domain').map(([written]) => written)).toEqual(['ulg.example', 'cnam.example'])
    expect(texts('media-type')).toEqual([['multipart/mixed', 'multipart/mixed']])
    expect(texts('value')).toEqual([
      ['ab', 'abcd'],
      ['cd', 'abcd'],
    ])
    expect(texts('preamble').map(([written]) => written)).toEqual(['Avant'])
    expect(texts('delimiter').map(([written]) => written!.trim())).toEqual(['--abcd'])
    expect(texts('closing-delimiter').map(([written]) => written!.trim())).toEqual(['--abcd--'])
    expect(texts('epilogue').map(([written]) => written)).toEqual([utf8Octets('Après\r\n')])
    expect(regions.filter(({ codec }) => codec === 'base64').map(({ kind }) => kind)).toEqual(['body'])
    expect(regions.filter(({ codec }) => codec === 'rfc2231')).toHaveLength(4)
  })

  it.each(golden)('of %s lie one within the other, and cut the source into all of its pieces', (name) => {
    const model = read(name)
    const { source } = model
    const all = sourceRegions(model.tree.root)
    expect(all.length).toBeGreaterThan(2)
    all.forEach(({ from, to, within }, at) => {
      expect(within).toBeLessThan(at)
      expect(from).toBeLessThan(to)
      const outer = all[within]
      if (outer) expect([from >= outer.from, to <= outer.to, name, at]).toEqual([true, true, name, at])
    })
    const pieces = sourceSegments(all, model.problems, 0, source.length)
    expect(pieces.map(({ from, to }) => source.slice(from, to)).join('')).toBe(source)
    for (const { from, to, region } of pieces) {
      expect(all[region]!.from <= from && all[region]!.to >= to).toBe(true)
      // Nothing smaller holds it.
      const inner = all.findLastIndex((one, at) => one.from <= from && one.to >= to && isWithin(all, at, region))
      expect(inner).toBe(region)
    }
    const marked = pieces.filter(({ wrong }) => wrong).length
    expect(marked > 0).toBe(model.problems.some(({ from, to }) => to > from && from < source.length))
  })

  it('may be asked for a part of the source only', () => {
    const { source } = message
    const pieces = sourceSegments(regions, message.problems, 10, 60)
    expect(pieces[0]!.from).toBe(10)
    expect(pieces.map(({ from, to }) => source.slice(from, to)).join('')).toBe(source.slice(10, 60))
  })

  it('are stepped through from all that they are written in', () => {
    const title = new MessageModel(
      lines(
        "Content-Type: application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20; x=y;",
        ' title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2="isn\'t it!"',
        'Subject: =?utf-8?Q?=C3=A9t=C3=A9?=',
        'Content-Transfer-Encoding: base64',
        '',
        'w6k=',
      ),
    ).tree.root
    const found = sourceRegions(title)
    const outputs = (codec: string) =>
      found.flatMap((region, at) => {
        if (region.codec === null || region.codec !== codec) return []
        return stepRun(region.codec, 'decode', stepInput(found, at)).output
      })
    // RFC 2231 section 4.1: each of the three sections, as a parameter and as its value.
    expect(outputs('rfc2231')).toEqual(Array(6).fill("This is even more ***fun*** isn't it!"))
    expect(outputs('q-word')).toEqual(['été'])
    expect(outputs('base64')).toEqual(['\xc3\xa9'])
  })

  it('of a hostile header do not fill the memory', () => {
    const hostile = new MessageModel(`To: ${'a@b, '.repeat(100_000)}\r\n\r\n`)
    expect(sourceRegions(hostile.tree.root).length).toBeLessThanOrEqual(20_000)
  })
})

describe('octets that are shown', () => {
  it('are characters, or the digits of what is none', () => {
    expect(shownOctets('\xc3\xa9t\xe9\xff', false)).toBe('ét‹E9›‹FF›')
    expect(shownOctets('\xed\xa0\x80', false)).toBe('‹ED›‹A0›‹80›')
    expect(shownOctets('a\x1b[31m\0\x7f', false)).toBe('a␛[31m␀␡')
  })

  it('have line ends that may be seen', () => {
    expect(shownOctets('a\r\nb\nc\rd', false)).toBe('a\nb\nc␍d')
    expect(shownOctets('a\r\nb\nc\rd', true)).toBe('a␍␊\nb␊\nc␍d')
  })
})

it('what no relay of 7 bits lets through is told once each, in its octets', () => {
  expect(beyondSevenBits('caf\xc3\xa9 \xc3\xa9t\xe9 \xe2\x82\xac', 9)).toEqual([
    { character: 'é', hex: 'C3 A9' },
    { character: '', hex: 'E9' },
    { character: '€', hex: 'E2 82 AC' },
  ])
  expect(beyondSevenBits('\xc3\xa9\xc3\xa8', 1)).toHaveLength(1)
  expect(beyondSevenBits('\xe9\xa4', 9, 'ISO-8859-15')).toEqual([
    { character: 'é', hex: 'E9' },
    { character: '€', hex: 'A4' },
  ])
  expect(beyondSevenBits('\x82\xb1', 9, 'shift_jis').map(({ character }) => character)).toEqual(['', ''])
  expect(beyondSevenBits('plain =C3=A9', 9)).toEqual([])
})

it('what servers stamp on a message is known by its name', () => {
  expect(['Received', 'return-path', 'Delivered-To', 'Subject'].map(isStamp)).toEqual([true, true, true, false])
})
