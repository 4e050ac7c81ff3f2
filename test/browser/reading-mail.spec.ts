import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { Facteur } from './page.ts'

test('one mailbox read by POP3 and by IMAP: the sequence, the hint and the mailboxes show both', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(
    ['echo Bonjour | mail -s Essai alice@rennes.example', /Essai alice@rennes.example\n.*\$\s*$/],
    ['telnet mx1.rennes.example 110', /server ready <\d/],
    ['USER alice', /\+OK/],
    ['PASS tournesol', /maildrop has/],
  )
  // What can be said now comes from POP3's own table.
  await expect(page.getByRole('button', { name: 'RETR', exact: true })).toBeVisible()
  await facteur.say(['RETR 3', /Bonjour/], ['DELE 3', /\+OK/], ['RSET', /\+OK/], ['QUIT', /closed by foreign host/])

  await facteur.say(
    ['telnet mx1.rennes.example 143', /\* OK \[CAPABILITY IMAP4rev1/],
    ['a1 LOGIN alice tournesol', /a1 OK/],
    ['a2 SELECT INBOX', /a2 OK \[READ-WRITE\]/],
    ['a3 STORE 3 +FLAGS (\\Flagged)', /a3 OK/],
    ['a4 FETCH 3 BODY.PEEK[HEADER.FIELDS (Subject)]', /Subject: Essai/],
    ['a5 fetsch 1', /a5 BAD/],
  )
  await expect(page.getByRole('complementary', { name: 'The coach' })).toContainText('does not know the command')
  await page.getByRole('tab', { name: /Mailboxes/ }).click()
  const pane = page.locator('section.views')
  await expect(pane).toContainText('IMAP')
  await expect(pane).toContainText('mailbox open')
  await expect(pane).toContainText('\\Flagged')
  await expect(pane).toContainText('UIDNEXT 4')

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as an mbox file: alice/INBOX' }).click()
  expect(readFileSync(await (await saved).path(), 'latin1')).toMatch(
    /^From claire@lyon\.example [^]*\nFrom alice@[^]*Bonjour\n/,
  )

  await page.getByRole('tab', { name: /Sequence/ }).click()
  await expect(await facteur.words()).toContainText([
    /mx1\.rennes\.example: RETR 3/,
    /a2 OK \[READ-WRITE\] SELECT completed/,
  ])
})

test('openssl s_client shows the certificate and speaks IMAP behind it', async ({ page }) => {
  const facteur = new Facteur(page)
  await facteur.open()
  await facteur.say(
    ['openssl s_client -quiet -crlf -connect mx1.rennes.example:993', /\* OK \[CAPABILITY/],
    ['a1 LOGIN alice tournesol', /a1 OK/],
    ['a2 LOGOUT', /\* BYE/],
    ['openssl s_client -starttls pop3 -connect mx1.rennes.example:110', /Verify return code: 0 \(ok\)[^]*\+OK mx1/],
  )
})
