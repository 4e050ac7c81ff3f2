import { describe, expect, test } from 'vitest'
import { directivesOf, wrongWith } from '../../../src/core/lesson/directives.ts'
import { inlineHtml, lexed, rendered, structureOf } from '../../../src/core/lesson/markdown.ts'
import { stepsOf } from '../../../src/core/lesson/steps.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const known = { world: readWorld('campus'), terms: [{ id: 'mx' }], questions: [{ id: 'why-two' }] }
const wrong = (text: string, where: 'text' | 'hint' = 'text') =>
  directivesOf(text).map((directive) => wrongWith(directive, known, where))

const html = (markdown: string) => rendered(lexed(markdown), String)

describe('steps', () => {
  test('a heading of the second level begins one; cards and questions stand between paragraphs', () => {
    const text =
      'Why.\n\n## 1. `HELO`\n\nSay it.\n\n[[card: smtp HELO]]\n\n- a\n- b\n\n[[ask: why-two]]\nMore.\n\n## 2. Go\n\n### Small\n'
    expect(stepsOf(text, String)).toEqual([
      { title: '', blocks: [{ block: 'text', html: '<p>Why.</p>\n' }] },
      {
        title: '1. <code>HELO</code>',
        blocks: [
          { block: 'text', html: '<p>Say it.</p>\n' },
          { block: 'card', service: 'smtp', verb: 'HELO' },
          { block: 'text', html: '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n' },
          { block: 'ask', id: 'why-two' },
          { block: 'text', html: '<p>More.</p>\n' },
        ],
      },
      { title: '2. Go', blocks: [{ block: 'text', html: '<h3>Small</h3>\n' }] },
    ])
  })

  test('a card right below a paragraph ends it', () => {
    expect(stepsOf('Look:\n[[card: imap UID FETCH]]\n', String)).toEqual([
      {
        title: '',
        blocks: [
          { block: 'text', html: '<p>Look:</p>\n' },
          { block: 'card', service: 'imap', verb: 'UID FETCH' },
        ],
      },
    ])
  })

  test('both languages are compared by what is said to the page, too', () => {
    expect(structureOf('[[card: smtp HELO]]\n\nSee [[see: queue]] and [[term: mx|the MX]]. [[skip]]\n')).toEqual([
      'card smtp HELO',
      'see queue',
      'term mx',
      'skip',
    ])
  })
})

describe('buttons', () => {
  const button = (name: string, value: string, text: string) =>
    `<button type="button" class="${name}" data-${name}="${value}">${text}</button>`
  const label = (what: string) => `<${what}>`

  test.each([
    ['[[do: a1 FETCH 1 BODY[]]]', button('do', 'a1 FETCH 1 BODY[]', 'a1 FETCH 1 BODY[]')],
    ['[[do: RCPT TO:<a@[192.0.2.1]>]]', button('do', 'RCPT TO:&lt;a@[192.0.2.1]&gt;', 'RCPT TO:&lt;a@[192.0.2.1]&gt;')],
    ['[[see: queue]]', button('see', 'queue', '&lt;see.queue&gt;')],
    ['[[at: mx1.rennes.example]]', button('at', 'mx1.rennes.example', 'mx1.rennes.example')],
    ['[[skip]]', button('skip', '', '&lt;skip&gt;')],
    ['[[term: mx]]', button('term', 'mx', '&lt;term.mx&gt;')],
    ['[[term: mx|the MX]]', button('term', 'mx', 'the MX')],
    ['[[at: "><b>]]', button('at', '&quot;&gt;&lt;b&gt;', '&quot;&gt;&lt;b&gt;')],
  ])('%s', (markdown, expected) => {
    expect(inlineHtml(markdown, label)).toBe(expected)
  })

  test('two in a line are two', () => {
    expect(html('[[do: DATA]], then [[do: .]]').match(/<button/g)).toHaveLength(2)
  })

  test('what is none stays text', () => {
    for (const text of ['[[nothing: x]]', '[[do:]]', '[[see]]']) expect(inlineHtml(text)).toBe(text)
  })
})

describe('what is said to the page is looked at', () => {
  test('with its line, code left out', () => {
    const text = 'a [[do: x]] `[[see: y]]`\n\n```\n[[at: z]]\n```\n\n[[ask: why-two]]\n'
    expect(directivesOf(text)).toEqual([
      { name: 'do', value: 'x', line: 1, alone: false },
      { name: 'ask', value: 'why-two', line: 7, alone: true },
    ])
  })

  test.each([
    '[[do: anything at all]]',
    '[[see: journey]] [[see: workshop]]',
    '[[at: mx1.rennes.example]]',
    '[[skip]]',
    '[[term: mx]] [[term: mx|the MX]]',
    '[[card: smtp RCPT]]',
    '[[card: lmtp LHLO]]',
    '[[card: imap UID FETCH]]',
    '  [[ask: why-two]]  ',
  ])('%s is right', (text) => {
    expect(wrong(text).filter((one) => one !== null)).toEqual([])
  })

  test.each([
    ['[[type: x]]', 'Known are: do'],
    ['[[see: everything]]', 'There is no view everything'],
    ['[[at: mx9.rennes.example]]', 'There is no host mx9.rennes.example'],
    ['[[skip: 5]]', 'by itself'],
    ['[[term: mxx]]', 'no term mxx'],
    ['[[card: smtp RCTP]]', 'no card smtp RCTP'],
    ['[[card: http GET]]', 'no card http GET'],
    ['Look: [[card: smtp RCPT]]', 'alone on its line'],
    ['[[ask: why-three]]', 'no question why-three'],
    ['[[at:]]', 'names nothing'],
  ])('%s is wrong', (text, message) => {
    expect(wrong(text)).toEqual([expect.stringContaining(message)])
  })

  test('a card is not for a hint', () => {
    expect(wrong('[[card: smtp RCPT]]', 'hint')).toEqual([expect.stringContaining('not in a goal or a hint')])
  })
})
