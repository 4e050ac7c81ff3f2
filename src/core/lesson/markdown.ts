/**
 * A lesson's text as HTML. It may come from anywhere, so raw HTML is shown as text, links lead to http(s) or stay within
 * the project, and pictures are the project's own.
 *
 * `[[do: telnet mx1.rennes.example 25]]` becomes a button that types the command at the terminal when it is clicked.
 */
import { Marked, type Token, type TokenizerAndRendererExtension } from 'marked'

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

const DO = /^\[\[do:\s*([^\n]*?\S)\s*\]\]/

const doExtension: TokenizerAndRendererExtension = {
  name: 'do',
  level: 'inline',
  start: (text) => text.indexOf('[[do:'),
  tokenizer(text) {
    const [raw, command] = DO.exec(text) ?? []
    return raw === undefined ? undefined : { type: 'do', raw, command }
  },
  renderer: (token) => {
    const command = escaped(String(token['command']))
    return `<button type="button" class="do" data-do="${command}">${command}</button>`
  },
}

const marked = new Marked({
  extensions: [doExtension],
  renderer: {
    html: ({ text }) => escaped(text),
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

export const html = (markdown: string): string => marked.parse(markdown, { async: false })

/** One line, without a paragraph around it: goals and hints. */
export const inlineHtml = (markdown: string): string => marked.parseInline(markdown, { async: false })

/** What two languages of one text have in common: its headings, lists, code, and the commands that can be clicked. */
export function structureOf(markdown: string): string[] {
  const found: string[] = []
  const walk = (tokens: readonly Token[]) => {
    for (const token of tokens) {
      if (token.type === 'heading') found.push(`heading ${token['depth']}`)
      else if (token.type === 'code') found.push(`code ${token['text']}`)
      else if (token.type === 'list') found.push(`list of ${(token['items'] as unknown[]).length}`)
      else if (token.type === 'table') found.push(`table of ${(token['rows'] as unknown[]).length}`)
      else if (token.type === 'do') found.push(`do ${token['command']}`)
      const inner = (token as { tokens?: Token[]; items?: Token[] }).tokens ?? (token as { items?: Token[] }).items
      if (inner) walk(inner)
    }
  }
  walk(marked.lexer(markdown))
  return found
}
