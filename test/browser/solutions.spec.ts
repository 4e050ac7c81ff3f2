/** The solution of every lesson, played in the page by keyboard, lesson after lesson: at the end all goals are ticked. */
import { expect, test } from '@playwright/test'
import { lessonFromFiles } from '../../src/core/lesson/lesson.ts'
import { parseWorld } from '../../src/core/world/parse.ts'
import { lessonFiles, lessonIds, readAround, root } from '../../src/node/lessons.ts'
import { translator } from '../../src/texts/index.ts'
import { Learner } from './learner.ts'
import { complaints } from './lived.ts'
import { Facteur } from './page.ts'

// Lines of a terminal that wide are not broken.
test.use({ viewport: { width: 1920, height: 1000 } })

/** So many lessons in one page. */
const ROW = 6

const around = readAround(root)
const lessons = lessonIds(root).map((id) => {
  const read = lessonFromFiles(lessonFiles(root, id), id, around)
  if ('errors' in read) throw new Error(`${id}: ${read.errors[0]?.message}`)
  const world = parseWorld(read.lesson.world, id)
  if ('errors' in world) throw new Error(`${id}: ${world.errors[0]?.message}`)
  return { lesson: read.lesson, world: world.world }
})
const rows = lessons.flatMap((_, at) => (at % ROW === 0 ? [lessons.slice(at, at + ROW)] : []))

for (const [nth, row] of rows.entries()) {
  // Every second row in French.
  const language = nth % 2 === 0 ? 'en' : 'fr'
  const t = translator(language)
  test(`${row[0]!.lesson.id} and ${row.length - 1} more, ${language}`, async ({ page }) => {
    test.setTimeout(180_000)
    const heard = complaints(page)
    const facteur = new Facteur(page)
    await page.addInitScript(() => localStorage.setItem('facteur.steps', 'all'))
    for (const [at, { lesson, world }] of row.entries())
      await test.step(lesson.id, async () => {
        if (at === 0) await facteur.open(`?lang=${language}&lesson=${lesson.id}`)
        else {
          await page.getByRole('button', { name: t('lesson.next') }).press('Enter')
          await expect(page.getByRole('heading', { level: 2, name: lesson.pages[language].title })).toBeVisible()
          await facteur.prints(/^[^]*\$ \s*$/)
        }
        await new Learner(page, world, lesson.solution, language).play()
        const open = page.locator('.goals li:is([data-state=open], [data-state=broken])')
        await expect(open, `${lesson.id}\n${await facteur.screen()}`).toHaveCount(0)
        await expect(page.getByText(t('lesson.finished'), { exact: true })).toBeVisible()
      })
    expect(heard).toEqual([])
  })
}
