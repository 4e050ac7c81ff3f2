/**
 * The names of the charsets that the core knows itself: the one to write, which is MIME's preferred name, and the others
 * to understand, from IANA's registry, and from what mail programs wrote without asking it.
 */
export type CharsetName = 'us-ascii' | 'iso-8859-1' | 'iso-8859-15' | 'windows-1252' | 'utf-8'

const NAMES: Readonly<Record<CharsetName, readonly string[]>> = {
  'us-ascii': [
    ...['iso-ir-6', 'ansi_x3.4-1968', 'ansi_x3.4-1986', 'iso_646.irv:1991', 'iso646-us', 'us', 'ibm367', 'cp367'],
    ...['csascii', 'ascii', '646'],
  ],
  'iso-8859-1': [
    ...['iso_8859-1:1987', 'iso-ir-100', 'iso_8859-1', 'latin1', 'l1', 'ibm819', 'cp819', 'csisolatin1'],
    ...['iso8859-1', 'iso88591', 'latin-1'],
  ],
  'iso-8859-15': ['iso_8859-15', 'latin-9', 'csiso885915', 'iso8859-15', 'iso885915', 'latin9', 'l9'],
  'windows-1252': ['cswindows1252', 'cp1252', 'x-cp1252'],
  'utf-8': ['csutf8', 'utf8', 'unicode-1-1-utf-8'],
}

const KNOWN = new Map<string, CharsetName>()
for (const [name, others] of Object.entries(NAMES) as [CharsetName, readonly string[]][]) {
  for (const known of [name, ...others]) KNOWN.set(known, name)
}

/** The charset of that name, written in whatever case; null for one that is not among the five. */
export const charsetNamed = (name: string): CharsetName | null => KNOWN.get(name.trim().toLowerCase()) ?? null
