import { expect, test } from 'vitest'
import { readWorld } from '../../../src/node/worlds.ts'
import { withVariants } from '../../../src/core/world/variants.ts'

const rfc = readWorld('rfc')
const varied = (chosen: Record<string, string>) => {
  const result = withVariants(rfc, chosen)
  if ('errors' in result) throw new Error(result.errors.join('\n'))
  return result.world
}

test('a variant is merged over its host: blocks into blocks, lists and values in their place', () => {
  const base = rfc.hosts['foo.com']!.services.smtp!
  const told = varied({ 'foo.com': 'ambiguous' }).hosts['foo.com']!.services.smtp!
  expect(told).toEqual({ ...base, texts: { ...base.texts, 'VRFY.ambiguous': 'Ambiguous: Possibilities are' } })
  const shorter = varied({ 'foo.com': 'without-size' }).hosts['foo.com']!.services.smtp!
  expect(shorter).toEqual({ ...base, capabilities: ['8BITMIME', 'DSN', 'HELP'] })
})

test('several hosts at once; the others and the world itself stay as they were', () => {
  const before = structuredClone(rfc)
  const world = varied({ 'foo.com': 'rfc821', 'xyz.com': 'source-routes' })
  expect(world.hosts['foo.com']!.services.smtp).toMatchObject({
    dialect: 'rfc821',
    capabilities: ['SEND', 'SOML', 'SAML', 'TURN', 'VRFY', 'EXPN', 'HELP'],
    port: 25,
  })
  expect(world.hosts['foo.com']!.mail).toEqual({ ...rfc.hosts['foo.com']!.mail, sourceRoutes: 'follow' })
  expect(world.hosts['xyz.com']!.mail!.sourceRoutes).toBe('follow')
  expect(world.hosts['bar.com']).toBe(rfc.hosts['bar.com'])
  expect(rfc).toEqual(before)
})

test('hosts and variants that are not there are all named', () => {
  expect(withVariants(rfc, { 'foo.com': 'newer', 'nowhere.com': 'x', 'dns.example': 'y' })).toEqual({
    errors: [
      'foo.com has no variant newer; it has: without-size, verifying, ambiguous, sending, rfc821, turning, source-routes.',
      'World rfc has no host nowhere.com.',
      'dns.example has no variant y; it has: none.',
    ],
  })
})
