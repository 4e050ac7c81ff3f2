/** Every dialogue of this folder, over the simulated network. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { failureText } from '../../src/core/lesson/script-run.ts'
import { smtpServer } from '../../src/core/smtp/server.ts'
import { play, readScript, scriptFiles } from './scripts.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

describe.each(scriptFiles)('%s', (file) => {
  const script = readScript(file)

  test('names its source, and says something', () => {
    expect(script.source).not.toBeNull()
    expect(script.steps.length).toBeGreaterThan(1)
  })

  test('goes as it says', () => {
    expect(failureText(play(script).result)).toBe('')
  })

  test('goes on from a clone of the server’s state at every step', () => {
    const { step } = smtpServer
    vi.spyOn(smtpServer, 'step').mockImplementation((session, ...rest) => {
      Object.assign(session, structuredClone(session))
      step.call(smtpServer, session, ...rest)
    })
    expect(failureText(play(script).result)).toBe('')
  })
})

test('a script that is not as it says fails, with its place', () => {
  const script = readScript(scriptFiles[0]!)
  const at = script.steps.findIndex(({ step }) => step === 'hear')
  const steps = script.steps.map((step, index) =>
    index === at && step.step === 'hear' ? { ...step, reply: ['299 something else'] } : step,
  )
  expect(failureText(play({ ...script, steps }).result)).toContain(
    `${script.file}:${script.steps[at]!.line}\n  expected: 299 something else\n  got:      `,
  )
})
