/** What is wrong with a zone, in the reader's language. */
import { harmless } from '../../core/bytes/utf8.ts'
import { RULES, type Finding } from '../../core/dns/zone-checks.ts'
import type { Wrong } from '../../core/dns/zonefile.ts'
import type { Translate } from '../../texts/index.ts'

export const wrongText = (t: Translate, { field, why, text, most }: Wrong, zone: string): string =>
  t(`zone.wrong.${why}`, { what: t(`zone.field.${field}`), text, most, zone })

export const findingText = (t: Translate, { key, what }: Finding, zone: string): string =>
  `${t(`zone.finding.${key}`, { what: harmless(what), zone })} (${RULES[key]})`
