/**
 * A lesson's text as HTML. It may come from anywhere, so raw HTML is shown as text, links lead to http(s) or stay within
 * the project, and pictures are the project's own.
 *
 * `[[do: telnet mx1.rennes.example 25]]` becomes a button that types the command at the terminal when it is clicked;
 * `see`, `at`, `skip` and `term` likewise become buttons. What they do is the page's business: each says it in a `data-`
 * attribute. `card` and `ask` are blocks, which `steps.ts` takes out. A block of code whose fence says `type` has a button
 * that types all its lines.
 */
import { Marked, type Token, type TokenizerAndRendererExtension, type TokensList } from 'marked'
import { DIRECTIVE, termOf } from './directives.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character]!)

/** With a scheme only http(s); without one it may lead anywhere below this page. */
const isSafe = (href: string) => /^https?:\/\//i.test(href) || !/^[^/?#]*:|^\/\/|[\x00-\x20\\]/.test(href)
const isOwn = (href: string) => isSafe(href) && !/^https?:/i.test(href)

const HERE = new RegExp(`^${DIRECTIVE.source}`)
/** Alone on its line, with the line end. */
const BLOCK = /^\[\[(card|ask):[ \t]*([^\n]*?\S)[ \t]*\]\][ \t]*(?:\n+|$)/

/** No line begins with what ends a sentence: it stays with the button in front of it. */
const BEHIND = /^\u00a0?[,.;:!?»)…]+/

/** What stands on a button that has no words of its own: `see.journey`, `skip`, `type`, `term.mx`. */
export type Label = (what: string) => string

/** Its line ends stay what they are in an attribute. */
const typing = (text: string, words: string) =>
  `<button type="button" class="type" data-type="${escaped(text).replaceAll('\n', '&#10;')}">${escaped(words)}</button>`

const button = (name: string, value: string, text: string) =>
  `<button type="button" class="${name}" data-${name}="${escaped(value)}">${escaped(text)}</button>`

const inline = (label: Label): TokenizerAndRendererExtension => ({
  name: 'directive',
  level: 'inline',
  start: (text) => text.indexOf('[['),
  tokenizer(text) {
    const [raw, name = '', value = ''] = HERE.exec(text) ?? []
    if (raw === undefined || !['do', 'see', 'at', 'skip', 'term'].includes(name)) return undefined
    if (name !== 'skip' && value === '') return undefined
    const [behind = ''] = BEHIND.exec(text.slice(raw.length)) ?? []
    return { type: 'directive', raw: raw + behind, name, value, behind }
  },
  renderer(token) {
    const { name, value, behind } = token as unknown as { name: string; value: string; behind: string }
    const shown = buttonOf(name, value, label)
    return behind === '' ? shown : `<span class="kept">${shown}${escaped(behind)}</span>`
  },
})

function buttonOf(name: string, value: string, label: Label): string {
  if (name === 'skip') return button(name, '', label('skip'))
  if (name === 'see') return button(name, value, label(`see.${value}`))
  if (name !== 'term') return button(name, value, value)
  const { id, words } = termOf(value)
  return button(name, id, words ?? label(`term.${id}`))
}

const block: TokenizerAndRendererExtension = {
  name: 'block',
  level: 'block',
  start: (text) => /(?<=^|\n)\[\[(?:card|ask):/.exec(text)?.index,
  tokenizer(text) {
    const [raw, name, value] = BLOCK.exec(text) ?? []
    return raw === undefined ? undefined : { type: 'block', raw, name, value }
  },
  renderer: () => '',
}

const reader = (label: Label): Marked =>
  new Marked({
    extensions: [inline(label), block],
    renderer: {
      html: ({ text }) => escaped(text),
      code({ text, lang }) {
        const shown = `<pre tabindex="0"><code>${escaped(text)}</code></pre>`
        return lang === 'type' ? `<div class="typed">${shown}${typing(text, label('type'))}</div>` : shown
      },
      link({ href, title, tokens }) {
        const text = this.parser.parseInline(tokens)
        if (!isSafe(href)) return text
        const hint = title ? ` title="${escaped(title)}"` : ''
        const outside = isOwn(href) ? '' : ' target="_blank" rel="noopener noreferrer"'
        return `<a href="${escaped(href)}"${hint}${outside}>${text}</a>`
      },
      image: ({ href, text }) => (isOwn(href) ? `<img src="${escaped(href)}" alt="${escaped(text)}">` : escaped(text)),
    },
  })

/** Buttons show what they name. */
const plain = reader(String)

/** One line, without a paragraph around it: goals and hints. */
export const inlineHtml = (markdown: string, label: Label = String): string =>
  reader(label).parseInline(markdown, { async: false })

export const lexed = (markdown: string): TokensList => plain.lexer(markdown)

export const rendered = (tokens: Token[], label: Label): string => reader(label).parser(tokens)

/** Where its links lead that stay within the project. */
export function ownLinks(markdown: string): string[] {
  const found: string[] = []
  void plain.walkTokens(lexed(markdown), (token) => {
    if ((token.type === 'link' || token.type === 'image') && isOwn(String(token['href'])))
      found.push(String(token['href']))
  })
  return found
}

/** What two languages of one text have in common: its headings, lists, code, and the commands that can be clicked. */
export function structureOf(markdown: string): string[] {
  const found: string[] = []
  void plain.walkTokens(lexed(markdown), (token) => {
    if (token.type === 'heading') found.push(`heading ${token['depth']}`)
    else if (token.type === 'code') found.push(`code ${token['text']}`)
    else if (token.type === 'list') found.push(`list of ${(token['items'] as unknown[]).length}`)
    else if (token.type === 'table') found.push(`table of ${(token['rows'] as unknown[]).length}`)
    else if (token.type === 'directive' || token.type === 'block') {
      const { name, value } = token as unknown as { name: string; value: string }
      found.push(`${name} ${name === 'term' ? termOf(value).id : value}`.trim())
    }
  })
  return found
}
