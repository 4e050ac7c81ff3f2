// What the compiler does not see: promises that nobody awaits, names that hide names, Svelte's own traps.
// Layout is prettier's business.
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

const top = new URL('../../../', import.meta.url).pathname

export default ts.config(
  { ignores: ['dist/', 'coverage/', 'test-results/', 'playwright-report/', 'public/'], basePath: top },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: top, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      eqeqeq: 'error',
      // The compiler asks for `!` where an index is known to be good (noUncheckedIndexedAccess).
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A task that waits for nothing in particular resumes with nothing.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // The last `out[at++] = x` of a row is not a mistake.
      'no-useless-assignment': 'off',
      // Control characters are what the protocols are about.
      'no-control-regex': 'off',
    },
  },
  // `{' '}` keeps a blank that the layout of the file would lose.
  { files: ['**/*.svelte'], rules: { 'svelte/no-useless-mustaches': 'off' } },
  // The compiler knows better which names exist.
  { files: ['**/*.ts', '**/*.svelte'], rules: { 'no-undef': 'off' } },
  { files: ['src/app/**'], languageOptions: { globals: globals.browser } },
  { files: ['src/node/**', 'test/**', '*.ts'], languageOptions: { globals: globals.node } },
)
