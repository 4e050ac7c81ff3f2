import { readFileSync, readdirSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { errorIn } from '../../../src/texts/errors.ts'

/** What people write in the page goes through these; the rest is said on the command line, or of what is in the house. */
const ELSEWHERE = [
  'course.ts',
  'glossary.ts',
  'grade.ts',
  'parts.ts',
  'prove.ts',
  'results.ts',
  'scenarios.ts',
  'template.ts',
  'terminals.ts',
]

/** Each sentence of a source file, with something in the place of what it tells. */
function sentences(path: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text)
    else if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map(({ literal }) => `mx1${literal.text}`).join(''))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true))
  return found.filter((text) => /^(?:[A-Z"]|mx1 ).* .*[.?]$/.test(text))
}

test('whatever is wrong with a file of one’s own has its words in French', () => {
  const all = ['src/core/world', 'src/core/lesson'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !ELSEWHERE.includes(name))
      .flatMap((name) => sentences(`${folder}/${name}`)),
  )
  expect(all.length).toBeGreaterThan(90)
  expect(all.filter((text) => errorIn('fr', text).language !== 'fr')).toEqual([])
})

test('what a file says is told as it stands there, and kinds of values in French', () => {
  const read = parseWorld('hosts:\n  a: [1]\n  B!: { address: 10.0.0.1, dely: 3 }\nseed: soon\n', 'w.yaml')
  if (!('errors' in read)) throw new Error('it is read')
  const told = read.errors.map(({ message }) => errorIn('fr', message).text.replaceAll('\u00a0', ' '))
  expect(told.filter((text) => !text.endsWith(' manque ici.'))).toEqual([
    'Il faut ici un bloc de clés, pas une liste.',
    '« B! » n’est pas un nom de machine en minuscules comme mx1.rennes.example.',
    expect.stringMatching(/^Les adresses viennent de /),
    expect.stringMatching(/^La clé "dely" n’est pas connue ici. On connaît : address, /),
    'Il faut ici un nombre, pas "soon".',
  ])
})

test('in English it is told as it was said, and what has no words in French, too', () => {
  expect(errorIn('en', 'A seed is a whole number.')).toEqual({ text: 'A seed is a whole number.', language: 'en' })
  expect(errorIn('fr', 'missing semicolon')).toEqual({ text: 'missing semicolon', language: 'en' })
})
