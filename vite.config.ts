import { availableParallelism } from 'node:os'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { asksFor, chunkOf } from './src/node/tools/chunks.ts'
import { content } from './src/node/tools/content-plugin.ts'
import { courses } from './src/node/tools/course-plugin.ts'
import { firstScreen } from './src/node/tools/first-screen-plugin.ts'
import { onlySequencesAndStates } from './src/node/tools/mermaid-plugin.ts'
import { offline } from './src/node/tools/offline-plugin.ts'

export default defineConfig({
  // Relative addresses: the built files work from any sub-path.
  base: './',
  plugins: [svelte({ configFile: false }), content(), courses(), onlySequencesAndStates(), firstScreen(), offline()],
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    modulePreload: { resolveDependencies: asksFor },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: (id, modules) => chunkOf(id, modules, import.meta.dirname), includeDependenciesRecursively: false },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1' },
  test: {
    include: ['test/{unit,property,scripts,real}/**/*.test.ts'],
    // Only what hangs is too slow: the machines that run this are shared.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Modules hold no state that outlives a test (the core may hold none at all): they are read once, not once a file.
    isolate: false,
    // By itself it leaves one processor to the one who watches.
    maxWorkers: availableParallelism(),
  },
})
