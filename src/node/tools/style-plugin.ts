/**
 * The page's own stylesheet stands in index.html itself: it is small, and so what is painted first, the words that are
 * read until the page is there, waits for nothing. What each view has for itself still comes with the view.
 */
import type { Plugin } from 'vite'

const LINK = /\s*<link rel="stylesheet"[^>]* href="\.\/([^"]+)">/g

export function styleInPage(): Plugin {
  const inside = new Set<string>()
  return {
    name: 'facteur-style',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        return html.replace(LINK, (link, file: string) => {
          const asset = bundle?.[file]
          if (asset?.type !== 'asset') return link
          inside.add(file)
          // Views that share a module with the page would ask for its stylesheet once more.
          for (const part of Object.values(bundle!))
            if (part.type === 'chunk') part.viteMetadata?.importedCss.delete(file)
          return `\n    <style>\n${String(asset.source).trim()}\n    </style>`
        })
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of inside) Reflect.deleteProperty(bundle, file)
      },
    },
  }
}
