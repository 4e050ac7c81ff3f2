/**
 * What the first screen wants waits for nothing. The page's stylesheet and the terminal's stand in index.html itself: they
 * are small, and the words that are read until the page is there are painted at once. The terminal is a file of its own, which
 * the page asks for: neither slows the other down. What each view has for itself still comes with the view.
 *
 * Both are compiled whole as they come in, beside the page's own thread, which would otherwise stop for each function that
 * is called for the first time (V8's explicit compile hints; to other engines it is a comment). The larger files that
 * follow are not: what all of their functions come to has to be taken over on that thread, and most are not called at once.
 * They are named in a template, for the page to ask for when its terminal stands (app/behind.ts).
 */
import type { HtmlTagDescriptor, Plugin } from 'vite'
import { BEHIND, isFirst } from './chunks.ts'

const WHOLE = '//# allFunctionsCalledOnLoad\n'
const LINK = /\s*<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/g

const ask = (file: string, how: Record<string, string> = { rel: 'modulepreload' }): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...how, crossorigin: true, href: `./${file}` },
})

export function firstScreen(): Plugin {
  const inside = new Set<string>()
  return {
    name: 'facteur-first-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle!).filter((part) => part.type === 'chunk')
        const called = (wanted: string) => chunks.filter(({ name }) => name === wanted)
        const style = (file: string) => {
          const asset = bundle![file]
          if (asset?.type !== 'asset') throw new Error(`no stylesheet: ${file}`)
          inside.add(file)
          // Views that share a module with the page would ask for its stylesheet once more.
          for (const chunk of chunks) chunk.viteMetadata?.importedCss.delete(file)
          return `\n    <style>\n${String(asset.source).trim()}\n    </style>`
        }
        const own = called('terminal').flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])
        return {
          html: html.replace(LINK, (_link, file: string) => [file, ...own].map(style).join('')),
          tags: [
            {
              tag: 'template',
              attrs: { id: 'behind' },
              children: BEHIND.flatMap(called).flatMap(({ fileName, viteMetadata }) => [
                ask(fileName),
                ...[...(viteMetadata?.importedCss ?? [])].map((file) => ask(file, { rel: 'preload', as: 'style' })),
              ]),
              injectTo: 'body',
            },
          ],
        }
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of inside) Reflect.deleteProperty(bundle, file)
        for (const part of Object.values(bundle))
          if (part.type === 'chunk' && isFirst(part.name)) part.code = WHOLE + part.code
      },
    },
  }
}
