/**
 * Of mermaid only what Facteur draws: sequences and states. The other thirty kinds of diagram, three layout engines and
 * KaTeX would make the built page five times as large, and a page that works offline keeps every file.
 */
import type { Plugin } from 'vite'

const DIAGRAM = /\/(?!sequenceDiagram|stateDiagram)(?:[\w-]*[dD]iagram|[\w-]+-definition)(?:-v2)?-[A-Z0-9]{8}\.mjs$/
const BESIDE = /\/(?:elk|swimlanes|cose-bilkent|bpmnIcons|sizeCapture)-[A-Z0-9]{8}\.mjs$|^katex$/
const LEFT_OUT = '\0left-out-of-mermaid'

export function onlySequencesAndStates(): Plugin {
  return {
    name: 'facteur-mermaid',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !/node_modules[\\/]mermaid[\\/]dist/.test(importer)) return null
      return DIAGRAM.test(source) || BESIDE.test(source) ? LEFT_OUT : null
    },
    load(id) {
      return id === LEFT_OUT ? "throw new Error('This page draws sequences and states only')\nexport {}" : null
    },
  }
}
