/**
 * Finds what would make the core see the world outside: the time, chance, timers, the network, a page, Node, a language.
 *
 * It asks the compiler what each name means, so a word in a comment, a method called `fetch` of our own or a field
 * called `process` is none of its business.
 */
import { join } from 'node:path'
import ts from 'typescript'
import { top } from './source.ts'

const globals = new Set(
  `Date Intl Temporal performance setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame fetch
   XMLHttpRequest WebSocket Worker console process Buffer require window document navigator location self globalThis
   localStorage indexedDB crypto TextEncoder TextDecoder WeakRef FinalizationRegistry Atomics SharedArrayBuffer eval
   Function`.split(/\s+/),
)
/** Members that depend on chance or on the machine's language, whatever they are members of. */
const members = /^(random|randomBytes|randomSecretKey|randomPrivateKey|localeCompare|toLocale\w*)$/

export function coreProgram(extra: Readonly<Record<string, string>> = {}): ts.Program {
  const file = join(top, 'src/core/tsconfig.json')
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, ts.sys.readFile).config,
    ts.sys,
    join(top, 'src/core'),
  )
  const host = ts.createCompilerHost(config.options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (name, options) =>
    name in extra ? ts.createSourceFile(name, extra[name]!, options) : getSourceFile.call(host, name, options)
  host.fileExists = (name) => name in extra || fileExists.call(host, name)
  const names = Object.keys(extra)
  return ts.createProgram({ rootNames: names.length > 0 ? names : config.fileNames, options: config.options, host })
}

export function impurities(program: ts.Program): string[] {
  const checker = program.getTypeChecker()
  const found: string[] = []
  const ours = (file: ts.SourceFile) => !file.isDeclarationFile && !file.fileName.includes('/node_modules/')

  const ownGlobal = (node: ts.Identifier) => {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node)
    return symbol?.declarations?.some((declaration) => ours(declaration.getSourceFile())) ?? false
  }
  const impure = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node)) return members.test(node.name.text) && !ownMember(node.name)
    if (ts.isElementAccessExpression(node)) {
      return ts.isStringLiteralLike(node.argumentExpression) && members.test(node.argumentExpression.text)
    }
    if (ts.isImportSpecifier(node)) return members.test((node.propertyName ?? node.name).text) && !ownMember(node.name)
    // `declare` would let a name in that the compiler was told not to know.
    if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) {
      return true
    }
    return ts.isIdentifier(node) && globals.has(node.text) && isReference(node) && !ownGlobal(node)
  }
  const ownMember = (name: ts.Node) => {
    const symbol = checker.getSymbolAtLocation(name)
    const real = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return real?.declarations?.some((declaration) => ours(declaration.getSourceFile())) ?? false
  }

  for (const file of program.getSourceFiles().filter(ours)) {
    const visit = (node: ts.Node) => {
      if (impure(node)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
        found.push(`${file.fileName.replace(top, '')}:${line + 1}: ${node.getText(file).slice(0, 60)}`)
      }
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return found
}

/** Not the name of a member, a key, or something that is being declared. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false
  if (ts.isQualifiedName(parent) && parent.right === node) return false
  return !('name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent))
}
