import { expect, test } from 'vitest'
import { inlineHtml, lexed, rendered, structureOf } from '../../../src/core/lesson/markdown.ts'

const html = (markdown: string) => rendered(lexed(markdown), String)

test('a command to click', () => {
  expect(html('Type [[do: telnet mx1.rennes.example 25]].')).toBe(
    '<p>Type <span class="kept"><button type="button" class="do" data-do="telnet mx1.rennes.example 25">' +
      'telnet mx1.rennes.example 25</button>.</span></p>\n',
  )
  expect(inlineHtml('[[do: MAIL FROM:<a@b>]]')).toContain('data-do="MAIL FROM:&lt;a@b&gt;"')
  expect(inlineHtml('`[[do: x]]`')).toBe('<code>[[do: x]]</code>')
  expect(inlineHtml('[[do: "><script>]]')).not.toContain('<script>')
})

test('no line begins with what ends a sentence', () => {
  const kept = (text: string) => /<span class="kept"><button[^]*<\/button>([^<]*)<\/span>/.exec(inlineHtml(text))?.[1]
  expect(kept('[[do: QUIT]], then')).toBe(',')
  expect(kept('[[skip]]\u00a0: le temps')).toBe('\u00a0:')
  expect(kept('([[see: log]]).')).toBe(').')
  expect(kept('[[do: QUIT]] and')).toBeUndefined()
})

test('lines to type have a button that types them all, just as they are', () => {
  const typed = html('```type\nSubject: <a> & "b"\n\nhi\n```')
  expect(typed).toContain('data-type="Subject: &lt;a&gt; &amp; &quot;b&quot;&#10;&#10;hi"')
  expect(html('```\nM i d\n```')).not.toContain('data-type')
  expect(html('```type"><script>\nx\n```')).not.toContain('script')
})

test('raw HTML is text', () => {
  expect(html('<script>alert(1)</script>')).not.toContain('<script')
  expect(html('a <b onclick="x">b</b>')).not.toContain('<b')
  expect(html('<img src=x onerror=y>')).not.toContain('<img')
})

test.each([
  ['[a](https://www.rfc-editor.org/rfc/rfc5321)', 'href="https://www.rfc-editor.org/rfc/rfc5321"'],
  ['[a](../02-premier-message/)', 'href="../02-premier-message/"'],
  ['[a](?lesson=x)', 'href="?lesson=x"'],
])('%s is a link', (markdown, expected) => {
  expect(inlineHtml(markdown)).toContain(expected)
})

test.each([
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert)',
  '[a](data:text/html,x)',
  '[a](//elsewhere.example)',
  '[a](<\\\\elsewhere.example>)',
  '[a](mailto:a@b)',
  '![a](https://elsewhere.example/x.png)',
  '![a](javascript:x)',
])('%s is none', (markdown) => {
  expect(inlineHtml(markdown)).not.toMatch(/<(a|img)\b/)
})

test('an entity in a link is no way round', () => {
  expect(inlineHtml('[a](java&#115;cript:alert)')).toContain('href="java&amp;#115;cript:alert"')
})

test('structure: what two languages share', () => {
  expect(structureOf('# A\n\n- [[do: dig x]]\n- b\n\n```\nHELO\n```\n')).toEqual([
    'heading 1',
    'list of 2',
    'do dig x',
    'code HELO',
  ])
})
