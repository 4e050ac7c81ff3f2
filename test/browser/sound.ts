/** The page as axe sees it: names, roles, contrast. */
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

/**
 * axe has nothing against the page, or what is at a selector. It is asked in the page itself: @axe-core/playwright would open a second
 * page to put together what it heard from each frame, which takes eight times as long. What a letter brings as HTML is
 * its writer's, and is left alone. What is still coming (a part of the page that is fetched when it is wanted) gets a moment to come.
 */
export async function sound(page: Page, where = 'the page', within = 'body'): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  await expect(async () => {
    const violations = await page.evaluate(async (within) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') }
      const { violations } = await axe.run(within, { iframes: false, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)
    }, within)
    expect([where, ...violations]).toEqual([where])
  }).toPass({ timeout: 5_000 })
}
