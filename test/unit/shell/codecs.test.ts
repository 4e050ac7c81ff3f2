import { describe, expect, it } from 'vitest'
import { Desk } from './fake.ts'

const HOME = '/home/' + 'alice'

function desk(octets = '', name = 'x') {
  const at = new Desk().start()
  at.files[`${HOME}/${name}`] = octets
  return at
}

/** What a command gives, as octets: through a file, for a terminal shows text. */
function octets(at: Desk, line: string): string {
  expect(at.output(`${line} > out`)).toBe('')
  return at.files[`${HOME}/out`]!
}

describe('base64 -d', () => {
  it('is strict as coreutils is, and with -i passes over what is no base64', () => {
    const at = desk('QU\nJD!RA==\n')
    expect(at.output('base64 -d x')).toBe('base64: invalid input\n')
    expect(octets(at, 'base64 -di x')).toBe('ABCD')
    expect(octets(at, 'base64 -i -d x')).toBe('ABCD')
  })
})

describe('qprint', () => {
  it('encodes text line by line, and decodes it again', () => {
    const text = `h\xc3\xa9 = 1 \n${'x'.repeat(80)}\n`
    const at = desk(text)
    expect(octets(at, 'qprint -e x')).toBe(`h=C3=A9 =3D 1=20\n${'x'.repeat(75)}=\n${'x'.repeat(5)}\n`)
    expect(octets(at, 'qprint -e x | qprint -d')).toBe(text)
    expect(octets(desk('a\r\nb\n'), 'qprint -e -b x')).toBe('a=0D=0Ab=0A')
    expect(octets(desk('a\r\nb\n'), 'qprint -e -b x | qprint -d -b')).toBe('a\r\nb\n')
    expect(at.output('qprint x')).toContain('usage: qprint')
  })
})

describe('iconv', () => {
  it('converts between the five charsets', () => {
    expect(octets(desk('\xe9\xa4'), 'iconv -f iso-8859-15 -t utf-8 x')).toBe('\xc3\xa9\xe2\x82\xac')
    expect(octets(desk('\xe2\x82\xac'), 'iconv -f utf-8 -t windows-1252 x')).toBe('\x80')
    expect(octets(desk('\xc3\xa9'), 'iconv -t latin1 x')).toBe('\xe9')
  })

  it('stops where a character is missing or none, as that of the GNU C library does', () => {
    const at = desk('ab\xe2\x82\xaccd')
    expect(at.output('iconv -f utf-8 -t iso-8859-1 x')).toBe('abiconv: illegal input sequence at position 2\n')
    expect(octets(at, 'iconv -c -f utf-8 -t iso-8859-1 x')).toBe('abcd')
    expect(octets(at, 'iconv -f utf-8 -t us-ascii//TRANSLIT x')).toBe('ab?cd')
    expect(desk('\xc3\xa9t\xe9').output('iconv -f utf-8 -t latin1 x | base64')).toContain('at position 3')
    expect(octets(desk('\xef\xbf\xbd\xff!'), 'iconv -c -f utf-8 -t utf-8 x')).toBe('\xef\xbf\xbd!')
    expect(desk('\xe9').output('iconv -f us-ascii -t utf-8 x')).toBe('iconv: illegal input sequence at position 0\n')
    expect(at.output('iconv -f klingon -t utf-8 x')).toBe("iconv: conversion from `klingon' is not supported\n")
    expect(at.output('iconv -l')).toContain('ISO-8859-15')
  })
})

describe('xxd', () => {
  const TEXT = 'Bonjour \xc3\xa9 monde, la suite du texte\n'

  // What xxd of vim 9 prints of the same file.
  it('shows octets as xxd does', () => {
    const at = desk(TEXT)
    expect(at.output('xxd x')).toBe(
      '00000000: 426f 6e6a 6f75 7220 c3a9 206d 6f6e 6465  Bonjour .. monde\n' +
        '00000010: 2c20 6c61 2073 7569 7465 2064 7520 7465  , la suite du te\n' +
        '00000020: 7874 650a                                xte.\n',
    )
    expect(at.output('xxd -b -c 4 -l 7 x')).toBe(
      '00000000: 01000010 01101111 01101110 01101010  Bonj\n00000004: 01101111 01110101 01110010           our\n',
    )
    expect(at.output('xxd -p x')).toBe('426f6e6a6f757220c3a9206d6f6e64652c206c6120737569746520647520\n74657874650a\n')
    expect(at.output('xxd -c 8 -l 10 -u x')).toBe(
      '00000000: 426F 6E6A 6F75 7220  Bonjour \n00000008: C3A9                 ..\n',
    )
  })

  it('makes octets of it again', () => {
    const all = Array.from({ length: 256 }, (_, k) => String.fromCharCode(k)).join('')
    for (const form of ['', '-b', '-p', '-c 3']) {
      const back = form === '-c 3' ? '' : form
      expect(octets(desk(all), `xxd ${form} x | xxd -r ${back}`), form).toBe(all)
    }
    expect(octets(desk('49 31 zz 77'), 'xxd -r -p x')).toBe('I1w')
    expect(desk().output('xxd -c 0 x')).toContain('invalid number of columns')
    expect(desk().output('xxd -l many x')).toContain('invalid length')
  })
})

describe('munpack', () => {
  const part = (fields: string, body: string) => `--b\n${fields}\n\n${body}\n`
  const letter = (...parts: string[]) =>
    `From bob@x.example Mon Sep  7 08:00:00 2026\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${parts.join('')}--b--\n`
  const picture = 'Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64'

  it('writes what is attached, and never over what is there unless told to', () => {
    const at = desk(letter(part('Content-Type: text/plain', 'hello'), part(picture, 'iVBORw==')), 'letter')
    expect(at.output('munpack letter')).toBe('a.png (image/png)\n')
    expect(at.files[`${HOME}/a.png`]).toBe('\x89PNG')
    expect(at.output('munpack < letter')).toBe('a.png.1 (image/png)\n')
    expect(at.output('munpack -f letter')).toBe('a.png (image/png)\n')
    expect(at.output('munpack -t letter')).toBe('part1 (text/plain)\na.png.2 (image/png)\n')
    expect(at.files[`${HOME}/part1`]).toBe('hello')
  })

  it('takes no name that leads elsewhere', () => {
    const named = (name: string) =>
      part(`Content-Type: application/x-y\nContent-Disposition: attachment; filename="${name}"`, 'x')
    const at = desk(letter(named('../../etc/passwd'), named('.profile'), named('a b;$(rm)'), named('..')), 'letter')
    expect(at.output('munpack letter')).toBe(
      ['passwd', 'Xprofile', 'aXbXXXrmX', 'XX'].map((name) => `${name} (application/x-y)\n`).join(''),
    )
    for (const path of Object.keys(at.files)) expect(path.startsWith(`${HOME}/`)).toBe(true)
  })

  it('looks into messages inside, and says when there is nothing', () => {
    const inner = `Content-Type: multipart/mixed; boundary=c\n\n--c\n${picture}\n\niVBORw==\n--c--\n`
    const at = desk(letter(part('Content-Type: message/rfc822', inner)), 'letter')
    expect(at.output('munpack letter')).toBe('a.png (image/png)\n')
    expect(desk('Subject: x\n\ntext\n').output('munpack x')).toBe('Did not find anything to unpack from x\n')
    expect(desk('Subject: x\n\ntext\n').output('munpack -q x')).toBe('')
    const odd = desk(letter(part('Content-Type: a/b\nContent-Transfer-Encoding: x-odd', 'x')))
    expect(odd.output('munpack x')).toContain('unknown encoding x-odd')
  })
})
