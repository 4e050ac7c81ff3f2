/** The codecs that explain themselves: what each of their steps does, and why. English. */
export const stepsEnglish = {
  'steps.why.charset.ascii':
    '{character} is {code}, one of the 128 characters of US-ASCII: in {charset}, too, it is the octet {octets}.',
  'steps.why.charset.same':
    '{character} is {code}. {charset} has the first 256 characters of Unicode: the octet is {octets}.',
  'steps.why.charset.table': '{character} is {code}. The table of {charset} has it at {octets}; it is not counted out.',
  'steps.why.charset.utf8':
    '{character} is {code}. Its bits are dealt out over {count} octets: the first says how many there are, each of the others begins with 10.',
  'steps.why.charset.missing':
    '{charset} has no {character} ({code}). A question mark takes its place, and the letter is lost.',
  'steps.why.charset.half': '{code} is half of a pair of UTF-16 and no character by itself: U+FFFD is written for it.',
  'steps.why.charset.read-ascii': 'The octet {octets} begins with 0: it is {character}, as in US-ASCII.',
  'steps.why.charset.read-same':
    'In {charset} the octet {octets} is the character of the same number: {code}, {character}.',
  'steps.why.charset.read-control':
    'In {charset} the octet {octets} is {code}, a control character that nothing shows. The sender may have meant windows-1252.',
  'steps.why.charset.read-table': 'The table of {charset} has {character} ({code}) at {octets}.',
  'steps.why.charset.read-utf8':
    'The marks say that {count} octets belong together. Without the marks their bits are {code}: {character}.',
  'steps.why.charset.read-wrong':
    'The octet {octets} is no character of UTF-8 where it stands: U+FFFD is shown for it. The label may be wrong.',
  'steps.why.charset.read-not-ascii':
    'The octet {octets} begins with 1, and {charset} says nothing about such octets: U+FFFD is shown for it.',

  'steps.why.base64.group':
    'Three octets are 24 bits, and 24 bits are four groups of six: {indexes}. Each is the number of a character: {characters}.',
  'steps.why.base64.two-octets':
    'Two octets are left: 16 bits. Two zeros make the third group whole: {indexes}. One = says that one octet is missing.',
  'steps.why.base64.one-octet':
    'One octet is left: 8 bits. Four zeros make the second group whole: {indexes}. Two = say that two octets are missing.',
  'steps.why.base64.line-end': 'Nineteen groups are 76 characters. No line may be longer, so the next one begins.',
  'steps.why.base64.last-line-end': 'All octets are written. The last line ends, too.',
  'steps.why.base64.read-group':
    'Four characters are the numbers {indexes}, six bits each. Together they are 24 bits, which are three octets.',
  'steps.why.base64.read-three':
    'One = : three characters are 18 bits, which are two octets. The last two bits were only there to fill up.',
  'steps.why.base64.read-two':
    'Two = : two characters are 12 bits, which are one octet. The last four bits were only there to fill up.',
  'steps.why.base64.read-line-end': 'The end of a line is no part of the data. It is skipped.',
  'steps.why.base64.read-foreign': 'These characters are not in the alphabet. A decoder skips them and reads on.',
  'steps.why.base64.read-cut':
    'The text ends too early: padding is missing. What makes whole octets is kept, {spare} bits are dropped.',
  'steps.why.base64.read-lone': 'One character is six bits, and no octet is so small. Something was cut off here.',
  'steps.why.base64.read-stray':
    'The last {spare} bits belong to no octet and should be zeros. They are dropped: two texts, one meaning.',
  'steps.why.base64.read-pad-alone': 'Padding where no group has begun. A decoder takes it for the end.',
  'steps.why.base64.after-pad': 'Padding is the end. What stands behind it is not read.',

  'steps.why.qp.literal': '{character} ({decimal}) is between 33 and 126, and no equals sign: it stands for itself.',
  'steps.why.qp.equals': 'The equals sign announces an escape, so it must be escaped itself: {written}.',
  'steps.why.qp.eight-bit':
    'The octet {hex} has its eighth bit set and would not survive. Its two halves are written as digits: {written}.',
  'steps.why.qp.control':
    'The octet {hex} is a control character ({decimal}), and those do not stand for themselves: {written}.',
  'steps.why.qp.bare': 'A CR or LF alone is no end of a line: it is escaped, or it would become one: {written}.',
  'steps.why.qp.blank': 'A blank or tab stands for itself, as something follows on the line.',
  'steps.why.qp.blank-last':
    'A blank or tab at the end of a line could be lost on the way. So it is escaped: {written}.',
  'steps.why.qp.line-end': 'CRLF ends a line of the text, and ends a line here. It is not escaped.',
  'steps.why.qp.soft-break':
    'The line has {column} characters, and with the next ones it would have more than 76. An = at its end says: the line goes on.',
  'steps.why.qp.read-literal': '{character} stands for itself.',
  'steps.why.qp.read-escaped': '= and two digits are one octet: {written} is {hex}.',
  'steps.why.qp.read-lower-case': 'The digits A to F should be capitals. A tolerant decoder reads {written} as {hex}.',
  'steps.why.qp.read-blank': 'A blank or tab with something behind it stands for itself.',
  'steps.why.qp.read-blank-last': 'Blanks at the end of a line were added on the way. They are deleted.',
  'steps.why.qp.read-line-end': 'CRLF is the end of a line of the text.',
  'steps.why.qp.read-line-feed': 'An LF without its CR, as in a file of Unix. It is taken for the end of a line.',
  'steps.why.qp.read-soft-break': 'A soft line break: = at the end of a line. It disappears, and the line goes on.',
  'steps.why.qp.read-cut': 'The text ends with an =, as if it should go on. Nothing comes of it.',
  'steps.why.qp.read-bad-escape': 'No two hexadecimal digits follow this = . It is kept as it stands.',
  'steps.why.qp.read-eight-bit': 'The octet {hex} has its eighth bit set, and should have been escaped. It is kept.',
  'steps.why.qp.read-control': 'The octet {hex} is a control character, and should have been escaped. It is kept.',

  'steps.why.word.begin':
    'An encoded word begins and names its charset, {charset}: a header has no other place to say it.',
  'steps.why.word.begin-language':
    'An encoded word begins. It names its charset, {charset}, and behind a * its language, {language}.',
  'steps.why.word.literal': '{character} ({decimal}) may stand for itself in an encoded word.',
  'steps.why.word.literal-phrase':
    '{character} ({decimal}) may stand for itself even in a phrase: letters, digits and ! * + - / do.',
  'steps.why.word.blank': 'A blank would end the word. An underscore stands for it, which is easy to read.',
  'steps.why.word.escaped': 'The octet {hex} is no printable ASCII. Its two halves are written as digits: {written}.',
  'steps.why.word.escaped-special':
    '{character} has a meaning of its own in an encoded word, so it is escaped: {written}.',
  'steps.why.word.escaped-phrase':
    '{character} has a meaning of its own among addresses. In a phrase it is escaped: {written}.',
  'steps.why.word.full': 'The next character would make the word longer than 75. It ends here, between two characters.',
  'steps.why.word.fold': 'A new line of the same field: CRLF and a blank. A reader will drop them between two words.',
  'steps.why.word.end': 'All is said. The word ends.',
  'steps.why.word.read-begin': 'An encoded word begins: charset {charset}, encoding {encoding}.',
  'steps.why.word.read-begin-language':
    'An encoded word begins: charset {charset}, language {language}, encoding {encoding}.',
  'steps.why.word.read-literal': '{character} stands for itself.',
  'steps.why.word.read-blank': 'An underscore is a blank, in every charset the octet 20.',
  'steps.why.word.read-escaped': '= and two digits are one octet: {written} is {hex}. With it the character is whole.',
  'steps.why.word.read-escaped-part':
    '{written} is the octet {hex}. Its character is not whole yet: it waits for the next octet.',
  'steps.why.word.read-bad-escape': 'No two hexadecimal digits follow this = . It is kept as it stands.',
  'steps.why.word.read-end': 'The word ends.',
  'steps.why.word.join':
    'White space between two encoded words only parts them. It is not shown: the words are joined.',
  'steps.why.word.text': 'This is no encoded word. It stays as it is.',
  'steps.why.word.half': 'Octets are left that are no whole character ({octets}). U+FFFD is shown for them.',
  'steps.why.word.platform': 'The {octets} octets are read with the table that the browser has for {charset}.',

  'steps.why.rfc2231.begin':
    'The name of the parameter. The * says: charset and language come first, and percent signs count.',
  'steps.why.rfc2231.begin-first':
    'Too long for one line: the value comes in numbered sections. This is section 0; the second * says that percent signs count.',
  'steps.why.rfc2231.charset': 'The charset, {charset}, and between two apostrophes no language.',
  'steps.why.rfc2231.charset-language': 'The charset, {charset}, and between two apostrophes the language, {language}.',
  'steps.why.rfc2231.literal': '{character} may stand for itself in a parameter.',
  'steps.why.rfc2231.escaped':
    'The octet {hex} may not stand there. A percent sign and its two halves as digits: {written}.',
  'steps.why.rfc2231.fold': 'The line is full. A semicolon ends this section, and the field goes on in the next line.',
  'steps.why.rfc2231.next': 'Section {section} of the same value. Only section 0 names charset and language.',
  'steps.why.rfc2231.read-begin':
    'A parameter of one piece. The * says: charset and language come first, and percent signs count.',
  'steps.why.rfc2231.read-first': 'Section 0: the value begins, wherever the section stands.',
  'steps.why.rfc2231.read-next': 'Section {section} comes next. Numbers make the order, not places.',
  'steps.why.rfc2231.read-charset': 'The charset is {charset}; no language is said.',
  'steps.why.rfc2231.read-charset-language': 'The charset is {charset}, the language {language}.',
  'steps.why.rfc2231.read-no-charset':
    'Charset and language are missing, and the two apostrophes behind them. The octets are read as utf-8.',
  'steps.why.rfc2231.read-literal': '{character} stands for itself.',
  'steps.why.rfc2231.read-escaped':
    '% and two digits are one octet: {written} is {hex}. With it the character is whole.',
  'steps.why.rfc2231.read-escaped-part':
    '{written} is the octet {hex}. Its character is not whole yet: it waits for the next octet.',
  'steps.why.rfc2231.read-bad-escape': 'No two hexadecimal digits follow this % . It is kept as it stands.',
  'steps.why.rfc2231.read-plain': 'A section without a * at its end: percent signs mean nothing here.',
  'steps.why.rfc2231.read-quoted': 'A section in quotes: without the quotes it is as it stands.',
  'steps.why.rfc2231.read-gap': 'Section {section} is missing. What has a higher number is not read.',
  'steps.why.rfc2231.read-none': 'No parameter of this form is here: its name would have a * in it.',

  'steps.why.utf7.plain': '{character} is printable ASCII and stands for itself.',
  'steps.why.utf7.ampersand': 'The ampersand begins a run, so it is written &- itself.',
  'steps.why.utf7.begin': '{code} is no printable ASCII. An ampersand says: from here on, base64 of UTF-16.',
  'steps.why.utf7.units':
    'Three units of UTF-16 ({units}) are 48 bits, which are eight groups of six: {characters}. A comma stands for the slash.',
  'steps.why.utf7.units-filled':
    'The units {units} are the last of the run. {spare} zeros make the last group whole: {characters}. There is no padding.',
  'steps.why.utf7.end': 'What follows stands for itself again, or the name ends: a minus ends the run.',
  'steps.why.utf7.read-plain': '{character} stands for itself.',
  'steps.why.utf7.read-ampersand': '&- is an ampersand.',
  'steps.why.utf7.read-begin': 'An ampersand: from here on, base64 of UTF-16.',
  'steps.why.utf7.read-units':
    'The characters {characters} are six bits each. Cut in sixteens they are the units {units}.',
  'steps.why.utf7.read-end': 'A minus ends the run.',
  'steps.why.utf7.read-unprintable': 'The octet {hex} is no printable ASCII. It may not stand in such a name.',
  'steps.why.utf7.read-open': 'The run has no minus at its end. The name is not valid.',
  'steps.why.utf7.read-null-shift': 'A run ended just before this one: the two should be one. The name is not valid.',
  'steps.why.utf7.read-wrong':
    'This is no modified base64 of UTF-16, or of characters that stand for themselves. The name is not valid.',

  'steps.why.7bit.same': 'The eighth bit of {hex} is 0 already. Nothing is lost: {becomes}.',
  'steps.why.7bit.stripped':
    'A relay of seven bits has no place for the eighth bit. Of {hex} remains {given}, which is {becomes}. Nobody is told.',
  'steps.why.8bit.line':
    'A line of {octets} octets. All eight bits go through, if each relay on the way says 8BITMIME.',
  'steps.why.8bit.long-line': 'A line of {octets} octets. Eight bits are fine, but a line may have no more than 998.',
  'steps.why.8bit.nul': 'There is a NUL in this line: 8bit allows all octets but that one. It needs binary, or base64.',
  'steps.why.8bit.bare':
    'There is a CR or an LF by itself in this line. In 8bit they only come together, as the end of a line.',
  'steps.why.binary.same':
    'Every octet goes through as it is, and lines mean nothing. It takes relays with BINARYMIME, and BDAT.',

  'steps.player': 'Steps',
  'steps.input': 'What goes in',
  'steps.output': 'What comes out',
  'steps.first': 'First step',
  'steps.back': 'Back',
  'steps.forward': 'Forward',
  'steps.last': 'Last step',
  'steps.play': 'Play',
  'steps.pause': 'Pause',
  'steps.slider': 'Step',
  'steps.at': '{at} of {count}',
  'steps.more': 'and {more} more, in the same way',
  'steps.none': 'Nothing went in, so there is nothing to show.',
  'steps.nothing': 'nothing comes out',
  'steps.rfc': 'RFC {rfc}, section {section}',
  'steps.cut.octets': '{octets} octets more',
  'steps.cut.characters': '{octets} characters more',
  'steps.row.octet': 'octets',
  'steps.row.unit': 'units',
  'steps.row.group': 'index',
  'steps.row.digit': 'digits',
  'steps.row.code': 'code point',
  'steps.row.sign': 'signs',
  'steps.row.bits': 'bits',
  'steps.filled': 'Zeros that fill up',
  'steps.dropped': 'Bits that are dropped',
  'steps.mark': 'Marks',

  'steps.bench': 'The bench of codecs',
  'steps.bench.file': 'Choose a file',
  'steps.bench.file.how': 'or drop or paste one: a picture, for instance, is shown again after its round trip',
  'steps.bench.file.large': 'The file has more than a million octets.',
  'steps.bench.turn': 'The other way with the result',
  'steps.bench.keep': 'Save the result',
  'steps.bench.trip': 'There and back',
  'steps.bench.same': 'Decoded again, it is the same, octet for octet.',
  'steps.bench.untouched': 'What comes out is what went in, octet for octet.',
  'steps.bench.differs':
    'It does not come back the same: it differs from octet {at} on ({before} before, {after} after).',
  'steps.bench.picture': 'The picture, from the octets that came out',
  'steps.bench.picture.broken': 'It begins like a picture, but no browser can read it any more.',
  'steps.bench.what': 'What you give',
  'steps.bench.text': 'text',
  'steps.bench.hex': 'hexadecimal',
  'steps.bench.held': '{octets} octets were handed in.',
  'steps.bench.type': 'Type something else',
  'steps.bench.codec': 'Codec',
  'steps.bench.direction': 'Direction',
  'steps.bench.encode': 'encode',
  'steps.bench.decode': 'decode',
  'steps.bench.charset': 'Charset',
  'steps.bench.written': 'Written in',
  'steps.bench.read': 'Read as',
  'steps.bench.language': 'Language tag',
  'steps.bench.phrase': 'in a phrase (before an address)',
  'steps.bench.result': 'Result',
  'steps.bench.as-text': 'as text',
  'steps.bench.as-hex': 'as hexadecimal',
  'steps.bench.size': '{input} → {output} octets',
  'steps.bench.size.encode': '{input} characters → {output} octets',
  'steps.bench.size.decode': '{input} octets → {output} characters',
  'steps.bench.wrong': 'Steps with something wrong: {wrong}',
  'steps.bench.empty': 'Type something above, and watch it change.',
  'steps.bench.result.cut': '… {octets} more',
  'steps.bench.error.digit': '“{sign}” is no hexadecimal digit. Use 0 to 9 and A to F; blanks do no harm.',
  'steps.bench.error.odd': 'An octet has two digits, and the last one has only one.',
  'steps.bench.error.charset': '{charset} has no “{sign}”. Choose another charset, such as utf-8.',
  'steps.bench.error.hex-characters':
    'This codec begins with characters: {charset} cannot read some of these octets as any.',
  'steps.codec.charset': 'charset only',
  'steps.codec.base64': 'base64',
  'steps.codec.quoted-printable': 'quoted-printable',
  'steps.codec.q-word': 'encoded word, Q',
  'steps.codec.b-word': 'encoded word, B',
  'steps.codec.rfc2231': 'parameter (RFC 2231)',
  'steps.codec.utf7': 'modified UTF-7 (IMAP)',
  'steps.codec.7bit': '7bit: a relay of seven bits',
  'steps.codec.8bit': '8bit: a relay of eight bits',
  'steps.codec.binary': 'binary',
} as const
