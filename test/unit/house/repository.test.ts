import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { files, read, top } from './source.ts'

const folders = ['lessons', 'public', 'src', 'test']
const others = [
  'LICENSE',
  'README.md',
  'index.html',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
]
/** Made by tools, and ignored by git. */
const made = ['coverage', 'dist', 'node_modules', 'playwright-report', 'test-results']

const written = ['src', 'test', 'lessons', 'public', '.ci']
  .flatMap((folder) => files(folder, /(\.(ts|js|mjs|mts|svelte|html|css|json|ya?ml|md|txt)|^run)$/))
  .concat(others.filter((name) => name !== 'package-lock.json'))

function places(pattern: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 80)}`] : [])),
  )
}

describe('the repository', () => {
  it('has at its top only what is agreed', () => {
    const there = readdirSync(top).filter((name) => !name.startsWith('.') && !made.includes(name))
    expect(there.filter((name) => ![...folders, ...others].includes(name))).toEqual([])
    expect(others.filter((name) => !there.includes(name))).toEqual([])
  })

  it('names exact versions', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const versions = ['dependencies', 'devDependencies', 'overrides'].flatMap((key) =>
      Object.entries(manifest[key] ?? {}),
    )
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
    expect(versions.length).toBeGreaterThan(20)
  })

  it('has a lock file that names no registry', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Record<string, unknown>> }
    expect(Object.entries(lock.packages).flatMap(([path, entry]) => ('resolved' in entry ? [path] : []))).toEqual([])
  })

  it('has tests that all run', () => {
    const tests = files('test', /\.ts$/)
    // Built from pieces, so that these lines are not found themselves.
    const held = new RegExp(
      String.raw`\b(it|test|describe|suite)\.(` + ['skip', 'only', 'todo', 'fixme', 'fails'].join('|') + ')',
    )
    expect(places(held, tests)).toEqual([])
  })

  it('knows nothing of the machine that it was written on, and leaves nothing for later', () => {
    const path = (...starts: string[]) => new RegExp(starts.map((start) => `["'\`( =]${start}`).join('|'))
    expect(places(path('/' + 'Users/', '/' + 'work/', '/' + 'root/'), written)).toEqual([])
    // A simulated home directory, `/home/${user}`, is nobody's; in a lesson it is that of somebody of its world.
    expect(
      places(
        path('/' + 'home/\\w'),
        written.filter((file) => !file.startsWith('lessons/')),
      ),
    ).toEqual([])
    expect(
      places(new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X:'].map((word) => `\\b${word}\\b`).join('|')), written),
    ).toEqual([])
    expect(written.length).toBeGreaterThan(60)
  })

  it('keeps the files of the core small', () => {
    const long = files('src/core', /\.ts$/).filter((path) => read(path).split('\n').length >= 450)
    expect(long).toEqual([])
  })

  it('opens every file of the core with what it does', () => {
    expect(files('src/core', /\.ts$/).filter((path) => !/^\/[/*]/.test(read(path)))).toEqual([])
  })

  it('keeps what tools make out of git', () => {
    expect(made.filter((name) => !read('.gitignore').split('\n').includes(`${name}/`))).toEqual([])
    expect(execFileSync('bash', ['-n', '.ci/run'], { cwd: top, encoding: 'utf8' })).toBe('')
  })
})
