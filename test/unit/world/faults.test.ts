import { expect, test } from 'vitest'
import { faultHosts, faultText, parseFault } from '../../../src/core/world/faults.ts'

const between = ['a.example', 'mx1.b.example'] as const

test.each([
  ['cut a.example--mx1.b.example', { fault: 'cut', between }],
  ['mend a.example--mx1.b.example', { fault: 'mend', between }],
  ['slow a.example--mx1.b.example 5s', { fault: 'slow', between, delay: 5000 }],
  ['loss a.example--mx1.b.example 0.25', { fault: 'loss', between, chance: 0.25 }],
  ['down a.example', { fault: 'down', host: 'a.example' }],
  ['up a.example', { fault: 'up', host: 'a.example' }],
] as const)('%s', (text, fault) => {
  expect(parseFault(text)).toEqual(fault)
  expect(faultText(fault)).toBe(text)
  expect(faultHosts(fault)).toEqual('host' in fault ? ['a.example'] : between)
})

test.each([
  '',
  'cut',
  'cut a.example',
  'cut a.example--',
  'cut a.example--a.example',
  'cut a.example--b.example--c.example',
  'cut a.example--b.example 5s',
  'slow a.example--b.example',
  'slow a.example--b.example fast',
  'loss a.example--b.example 2',
  'loss a.example--b.example -1',
  'down a.example--b.example',
  'down A.example',
  'up a.example now',
  'burn a.example',
])('"%s" is no fault', (text) => {
  expect(parseFault(text)).toEqual({ error: expect.stringContaining(`"${text}" is no fault`) as string })
})
