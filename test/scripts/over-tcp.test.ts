/** The same dialogues over real sockets: each script of which all is said and heard speaks to its world's bridge. */
import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { failureText } from '../../src/core/lesson/script-run.ts'
import { makeCertificate, type Certificate } from '../../src/node/bridge/certificate.ts'
import { mountAll } from '../../src/node/bridge/mount.ts'
import { Pace } from '../../src/node/bridge/pace.ts'
import { isSpokenOnly, run, type Connect } from '../../src/node/play/over-tcp.ts'
import { readScript, scriptFiles, simOf } from './scripts.ts'

/** Every caller of the bridge is a stranger from outside; these servers relay for their own networks only. */
const ownNetwork = ['campus-reports.txt', 'campus-utf8.txt', 'course-004-wanadoo.txt']

const scripts = scriptFiles
  .filter((file) => !ownNetwork.includes(file))
  .map(readScript)
  .filter(isSpokenOnly)

let certificate: Certificate
beforeAll(async () => {
  certificate = await makeCertificate(['localhost'])
})

async function playOverTcp(script: (typeof scripts)[number]): Promise<string> {
  const sim = simOf(script)
  const pace = new Pace(sim.world.clock, 1)
  const mounts = await mountAll(sim.world, certificate, new Map(), pace)
  const real: Connect = (host, port) =>
    new Promise((resolve, reject) => {
      const virtual = sim.world.services.find((service) => service.host === host && service.port === port)
      const mounted = mounts.services.find((one) => one.host === host && one.service === virtual?.service)
      if (!mounted) return reject(new Error(`no service ${host} ${port}`))
      const socket = connect({ host: '127.0.0.1', port: mounted.port, allowHalfOpen: true }, () => resolve(socket))
      socket.once('error', reject)
    })
  try {
    return failureText(await run(script, real, sim.world.services.find(({ protocol }) => protocol === 'smtp') ?? null))
  } finally {
    mounts.close()
    pace.stop()
  }
}

describe('over TCP', () => {
  test('most scripts can be spoken', () => {
    expect(scripts.length).toBeGreaterThan(15)
  })

  test.each(scripts.map((script) => [script.file, script] as const))('%s', async (_file, script) => {
    expect(await playOverTcp(script)).toBe('')
  })

  test('what is not as the script says is found here, too', async () => {
    const script = scripts.find(({ steps }) => steps.some(({ step }) => step === 'hear'))!
    const steps = script.steps.map((step) => (step.step === 'hear' ? { ...step, reply: ['299 no'] } : step))
    expect(await playOverTcp({ ...script, steps })).toContain('expected: 299 no')
  })
})
