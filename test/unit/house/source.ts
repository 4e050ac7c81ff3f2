/** Reads the project's own source, for the tests that hold its rules. */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const top = fileURLToPath(new URL('../../..', import.meta.url))

/** The files below a folder that end so; paths from the repository's top. */
export function files(folder: string, ending = /./): string[] {
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort()
}

export function read(path: string): string {
  return readFileSync(join(top, path), 'utf8')
}

/** Everything that a file names as a module: import, import type, export from, import(), and `import('x').Type`. */
export function importsOf(path: string, text: string): string[] {
  const found: string[] = []
  const take = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) found.push(node.text)
  }
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) take(node.moduleSpecifier)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) take(node.argument.literal)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) take(node.arguments[0])
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, path.endsWith('.svelte') ? scripts(text) : text, ts.ScriptTarget.Latest))
  return found
}

function scripts(component: string): string {
  return [...component.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)].map((match) => match[1]).join('\n')
}

/** Where an import of our own leads, from the repository's top; null for a package. */
export function target(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null
  return posix.join(dirname(from), specifier.replace(/\?.*$/, ''))
}
