import { createRequire } from 'node:module'
import fc from '../../fast-check.ts'
import { describe, expect, it, test } from 'vitest'
import { audioBasicAsWav, sampleOf } from '../../../src/core/message/mime/kinds/audio-basic.ts'
import { readEnriched } from '../../../src/core/message/mime/kinds/enriched.ts'
import { readFlowed, writeFlowed } from '../../../src/core/message/mime/kinds/flowed.ts'
import { decodeEntities } from '../../../src/core/message/mime/kinds/html-entities.ts'
import { htmlText } from '../../../src/core/message/mime/kinds/html-text.ts'
import { readRichtext } from '../../../src/core/message/mime/kinds/richtext.ts'
import type { StyledNode } from '../../../src/core/message/mime/kinds/styled.ts'
import { plainText } from '../../../src/core/message/mime/kinds/styled.ts'

/** A tree as one reads it: `bold(so)`, a break as `/`, a page as `//`. */
const shown = (nodes: readonly StyledNode[]): string =>
  nodes
    .map((node) => {
      if (node.kind === 'text') return node.text
      if (node.kind !== 'style') return node.kind === 'break' ? '/' : '//'
      return `${node.style}${node.parameter === null ? '' : `[${node.parameter}]`}(${shown(node.content)})`
    })
    .join('')

describe('text/enriched (RFC 1896)', () => {
  test.each([
    ['one\r\ntwo\nthree\rfour', 'one two three four'],
    ['a\r\n\r\nb\r\n\r\n\r\nc', 'a/b//c'],
    ['<nofill>a\r\nb\r\n\r\nc</nofill>\r\nd', 'nofill(a/b//c) d'],
    ['<bold>Now</bold> is <<time>>', 'bold(Now) is <time>>'],
    ['<Bold><ITALIC>x</italic></BOLD>', 'bold(italic(x))'],
    ['<color><param>red</param>Blood</color>', 'color[red](Blood)'],
    ['<color><param>ffff,0000,8080</param>x</color>', 'color[#ff0080](x)'],
    ['<color><param>url(javascript:x)</param>x</color>', 'color(x)'],
    ['<paraindent><param>left,in</param>x</paraindent>', 'paraindent[left,in](x)'],
    ['<fontfamily><param>Times"><script></param>x</fontfamily>', 'fontfamily(x)'],
    ['<tinier>x</tinier> <indent>y</indent>', 'x y'],
    ['<bold>a<italic>b</bold>c</italic>d', 'bold(aitalic(b))cd'],
    ['</bold>a<bold', 'a<bold'],
    ['a < b <3', 'a < b <3'],
    ['<bold>open', 'bold(open)'],
    ['<color><param>red', 'color[red]()'],
  ])('%j', (text, tree) => {
    expect(shown(readEnriched(text))).toBe(tree)
  })
})

describe('text/richtext (RFC 1341 7.1.3)', () => {
  test.each([
    [
      '<bold>Now</bold> is the time for <italic>all</italic> good men <smaller>(and <lt>women>)</smaller>',
      'bold(Now) is the time for italic(all) good men smaller((and <women>))',
    ],
    ['a<nl>b\r\nc<np>d', 'a/b c//d'],
    ['a<comment>hidden<comment>x</comment>y</comment>b', 'ab'],
    ['<paragraph>x</paragraph><iso-8859-1>y</iso-8859-1><no-op>', 'paragraph(x)y'],
    ['<color>x</color>', 'x'],
    ['a</comment>b<comment>c', 'ab'],
  ])('%j', (text, tree) => {
    expect(shown(readRichtext(text))).toBe(tree)
  })
})

describe('format=flowed (RFC 3676)', () => {
  it('signature, quotes, fixed lines, DelSp', () => {
    const read = readFlowed('>> a \r\n>> b\r\n> c \r\nfixed\r\n  two\r\n>\r\n-- \r\nme')
    expect(read).toEqual([
      { quote: 2, text: 'a b', flowed: true, signature: false },
      { quote: 1, text: 'c ', flowed: true, signature: false },
      { quote: 0, text: 'fixed', flowed: false, signature: false },
      { quote: 0, text: ' two', flowed: false, signature: false },
      { quote: 1, text: '', flowed: false, signature: false },
      { quote: 0, text: '-- ', flowed: false, signature: true },
      { quote: 0, text: 'me', flowed: false, signature: true },
    ])
    expect(readFlowed('漢 \r\n字', true).map(({ text }) => text)).toEqual(['漢字'])
  })

  it('what is written is read back, in lines that fit', () => {
    const word = fc.constantFrom('a', 'mot', '--', 'From', '>', 'x'.repeat(90), '漢字'.repeat(30), '😀'.repeat(20), '')
    const line = fc.array(word, { maxLength: 40 }).map((words) => words.join(' ').replace(/ +$/, ''))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.boolean(), (lines, delSp) => {
        const text = lines.map((text) => text.replace(/^>+/, '')).join('\r\n')
        const written = writeFlowed(text, delSp)
        const paragraphs = readFlowed(`${written}\r\n`, delSp)
        expect(paragraphs.map((paragraph) => paragraph.text).join('\r\n')).toBe(text)
        for (const line of written.split('\r\n')) {
          expect(line).not.toMatch(/^(?:>|From )/)
          if (delSp) expect(line.length).toBeLessThanOrEqual(78)
        }
      }),
    )
  })

  it('keeps quotes quotes', () => {
    const text = `>> ${'sage '.repeat(40).trim()}\r\n> oui\r\nnon`
    expect(readFlowed(writeFlowed(text)).map(({ quote, text }) => [quote, text])).toEqual([
      [2, 'sage '.repeat(40).trim()],
      [1, 'oui'],
      [0, 'non'],
    ])
  })
})

describe('HTML as text', () => {
  test.each([
    ['<p>Hello <b>world</b></p><p>again', 'Hello world\n\nagain\n'],
    ['a<br>b<br/>c', 'a\nb\nc\n'],
    ['<title>t</title><style>p{}</style><script>if (a<b) "</p>"</SCRIPT>seen', 'seen\n'],
    ['<!-- no <b> -->yes<!doctype html><?php x ?>', 'yes\n'],
    ['<ul><li>one<li>two<ol><li>a<li>b</ol></ul>x', '- one\n- two\n  1. a\n  2. b\n\nx\n'],
    ['<blockquote>said<blockquote>before</blockquote></blockquote>now', '> said\n>\n> > before\n\nnow\n'],
    ['<pre>a  b\n  c</pre>', 'a  b\n  c\n'],
    ['<table><tr><td>a<td>b</tr><tr><td>c</table>', 'a  b\nc\n'],
    ['<img alt="Le chat" src=x><img alt=""><img>', '[Le chat]\n'],
    [
      '<a title="1 > 0" href=\'x>y\'>link</a> 1 < 2 &lt;b&gt; &eacute;&#233;&#xE9;&#x80; &unknown; &',
      'link 1 < 2 <b> ééé€ &unknown; &\n',
    ],
    ["<p title=it's>don't</p>", "don't\n"],
    ['  \n  ', ''],
    ['a&nbsp;&nbsp;b', 'a  b\n'],
    ['<a href="', ''],
    ['<script>never ends', ''],
    ['<!-- never ends', ''],
    ['a</', 'a\n'],
  ])('%j', (html, text) => {
    expect(htmlText(html)).toBe(text)
  })

  it('knows the references that the entities package knows', () => {
    const { decodeHTML } = createRequire(import.meta.url)('entities') as { decodeHTML(text: string): string }
    const names =
      'nbsp iexcl yen sect laquo shy not frac12 Agrave Eacute Otilde times szlig eacute ntilde divide yuml quot amp lt gt apos ' +
      'OElig oelig Scaron Yuml fnof circ tilde ensp emsp thinsp zwnj rlm ndash mdash lsquo ldquo bdquo dagger bull hellip permil ' +
      'lsaquo euro trade alefsym crarr hArr forall notin infin there4 cong equiv sube otimes sdot rceil lang rang loz spades ' +
      'hearts Alpha Omega alpha sigmaf omega thetasym piv'
    for (const name of names.split(' ')) expect(decodeEntities(`&${name};`)).toBe(decodeHTML(`&${name};`))
    for (const number of ['0', '128', '153', '233', '8364', '128512', '55296', '1114112', 'x80', 'xE9', 'X20AC']) {
      expect(decodeEntities(`&#${number};`)).toBe(decodeHTML(`&#${number};`))
    }
  })
})

describe('hostile text', () => {
  const nasty: [string, string][] = [
    ['<bold>', '<bold>'.repeat(150_000)],
    ['<bold><param>', '<bold><param>'.repeat(80_000)],
    ['</bold>', '<bold>'.repeat(60) + '</bold>'.repeat(100_000)],
    ['<', '<'.repeat(1_000_000)],
    ['<a "', '<a x="'.repeat(150_000)],
    ['<blockquote>', '<blockquote>x'.repeat(80_000)],
    ['<script', '<script>'.repeat(120_000)],
    ['<!--', '<!--'.repeat(250_000)],
    ['&', '&#'.repeat(500_000)],
    ['blanks', ' '.repeat(1_000_000)],
    ['>', '>'.repeat(1_000_000)],
    ['<ul>', '<ul><li>x'.repeat(80_000)],
    ['lines', '\r\n'.repeat(500_000)],
  ]
  test.each(nasty)('of %s is read in linear time, and never throws', (_, text) => {
    const began = performance.now()
    plainText(readEnriched(text))
    plainText(readRichtext(text))
    htmlText(text)
    readFlowed(text)
    writeFlowed(text, true)
    expect(performance.now() - began).toBeLessThan(4000)
  })

  it('of any kind is read', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'<>/"=& \n-!#x', 'bold', 'param', 'script', 'pre', 'ol', 'li', 'blockquote'),
          maxLength: 60,
        }),
        (text) => {
          expect(plainText(readEnriched(text))).toBeTypeOf('string')
          expect(plainText(readRichtext(text))).toBeTypeOf('string')
          expect(htmlText(text)).not.toMatch(/<script/)
        },
      ),
    )
  })
})

describe('audio/basic (ITU-T G.711)', () => {
  // The decision values of the standard's table 2a: 8031 at the loudest in its 14 bits, which are 16 here.
  test.each([
    [0x00, -32124],
    [0x80, 32124],
    [0x0f, -16764],
    [0x70, -120 + 0],
    [0x7e, -8],
    [0x7f, 0],
    [0xff, 0],
    [0xfe, 8],
  ])('%i', (octet, sample) => {
    expect(sampleOf(octet) + 0).toBe(sample)
  })

  it('becomes a WAV file of 16 bits', () => {
    const wav = Buffer.from(audioBasicAsWav('\xff\x80\x00'), 'latin1')
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF')
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8)
    expect(wav.toString('latin1', 8, 16)).toBe('WAVEfmt ')
    expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt32LE(28)]).toEqual([
      1, 1, 8000, 16000,
    ])
    expect([wav.readUInt16LE(32), wav.readUInt16LE(34), wav.readUInt32LE(40)]).toEqual([2, 16, 6])
    expect([wav.readInt16LE(44), wav.readInt16LE(46), wav.readInt16LE(48)]).toEqual([0, 32124, -32124])
  })
})
