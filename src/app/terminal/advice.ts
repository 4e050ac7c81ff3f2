/** The coach's words for what a session has to say about its last turn: the most special text that there is. */
import { harmless, utf8Text } from '../../core/bytes/utf8.ts'
import { tableOf } from '../../core/views/protocols.ts'
import type { Advice } from '../../core/views/speaking.ts'
import { isKey, type Translate } from '../../texts/index.ts'

export interface Said {
  /** The reply code that is explained; null for anything else. */
  code: string | null
  text: string
}

export function adviceTexts(advice: readonly Advice[], state: string, t: Translate): Said[] {
  return advice.flatMap((one): Said[] => {
    switch (one.advice) {
      case 'remark': {
        const key = `coach.${one.key}`
        return isKey(key) ? [{ code: null, text: t(key, { detail: readable(one.detail) }) }] : []
      }
      case 'dial':
        return [{ code: null, text: t(`coach.dial.${one.why}`) }]
      case 'code': {
        const { verb, outcome, code } = one
        const { name, rows } = tableOf(one.protocol)
        const values = { word: verb ?? short(readable(one.word)), syntax: rows[verb ?? '']?.syntax ?? '' }
        if (name === 'smtp' && outcome === 'unrecognized' && one.word === '') return [{ code, text: t('coach.empty') }]
        const place = name === 'smtp' ? 'coach' : `coach.${name}`
        const key = [
          `${place}.${verb}.${outcome}`,
          ...(isRelative(verb) ? [`${place}.MAIL.${outcome}`] : []),
          `${place}.${outcome}.${state}`,
          `${place}.${outcome}`,
          `${name}.code.${code}`,
          `coach.class.${code[0]}`,
        ].find(isKey)
        return key ? [{ code, text: t(key, values) }] : []
      }
    }
  })
}

/** SEND, SOML and SAML are refused for the reasons of MAIL. */
const isRelative = (verb: string | null) => verb === 'SEND' || verb === 'SOML' || verb === 'SAML'

/** A word that nobody knows may be of any length. */
const short = (word: string) => (word.length > 24 ? `${word.slice(0, 23)}…` : word)

const readable = (octets: string) => harmless(utf8Text(octets))
