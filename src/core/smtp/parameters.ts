/** What may follow the path in MAIL and RCPT (RFC 5321 4.1.2): rows as those of commands, each with its extension. */
import type { ParameterRow } from '../engine.ts'

export const SIZE: ParameterRow = {
  keyword: 'SIZE',
  syntax: 'SIZE=1*20DIGIT',
  rfc: { rfc: 1870, section: '3' },
  extension: 'SIZE',
}
export const BODY: ParameterRow = {
  keyword: 'BODY',
  syntax: 'BODY=7BIT / BODY=8BITMIME / BODY=BINARYMIME',
  rfc: { rfc: 6152, section: '3' },
  extension: '8BITMIME',
}
export const RET: ParameterRow = {
  keyword: 'RET',
  syntax: 'RET=FULL / RET=HDRS',
  rfc: { rfc: 3461, section: '4.3' },
  extension: 'DSN',
}
export const ENVID: ParameterRow = {
  keyword: 'ENVID',
  syntax: 'ENVID=xtext',
  rfc: { rfc: 3461, section: '4.4' },
  extension: 'DSN',
}
export const NOTIFY: ParameterRow = {
  keyword: 'NOTIFY',
  syntax: 'NOTIFY=NEVER / NOTIFY=[SUCCESS][,FAILURE][,DELAY]',
  rfc: { rfc: 3461, section: '4.1' },
  extension: 'DSN',
}
export const ORCPT: ParameterRow = {
  keyword: 'ORCPT',
  syntax: 'ORCPT=addr-type;xtext',
  rfc: { rfc: 3461, section: '4.2' },
  extension: 'DSN',
}
export const TRANSID: ParameterRow = {
  keyword: 'TRANSID',
  syntax: 'TRANSID=<local@domain>',
  rfc: { rfc: 1845, section: '2' },
  extension: 'CHECKPOINT',
}
export const UTF8: ParameterRow = {
  keyword: 'SMTPUTF8',
  syntax: 'SMTPUTF8',
  rfc: { rfc: 6531, section: '3.4' },
  extension: 'SMTPUTF8',
}
export const AUTH_PARAMETER: ParameterRow = {
  keyword: 'AUTH',
  syntax: 'AUTH=mailbox / AUTH=<>',
  rfc: { rfc: 4954, section: '5' },
  extension: 'AUTH',
}
