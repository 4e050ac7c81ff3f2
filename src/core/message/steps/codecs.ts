/** One door to the step forms: a codec, a direction, an input; out comes a run. */
import type { MoreCharsets } from '../../bytes/charsets.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { decodeCharset, encodeCharset } from './charset.ts'
import { decodeParameter } from './decode-parameter.ts'
import { decodeWordSteps } from './decode-words.ts'
import { encodeParameter } from './encode-parameter.ts'
import { encodeBWords, encodeQWords, type WordForm } from './encode-words.ts'
import { decodeQuotedPrintable, encodeQuotedPrintable } from './quoted-printable.ts'
import { relay7bit, relay8bit, relayBinary } from './relay.ts'
import { Recorder, type Codec, type Direction, type Matter, type StepRun } from './run.ts'
import { decodeUtf7, encodeUtf7 } from './utf7.ts'

export interface StepOptions {
  /** What the octets are, or are to be; for a decoder that finds it in its input, how the page shows octets. */
  readonly charset?: string
  /** A language tag for encoded words and RFC 2231. */
  readonly language?: string
  /** Encoded words in a phrase, such as the name before an address. */
  readonly phrase?: boolean
  /** The name of the parameter. */
  readonly attribute?: string
  readonly more?: MoreCharsets
  /** So many steps are kept. */
  readonly most?: number
}

/** Enough to play for an hour, and a few megabytes. */
const MOST = 4000

type Make = (input: string, form: Form, recorder: Recorder) => void
type Form = WordForm & { readonly attribute: string; readonly more: MoreCharsets | undefined }

interface Way {
  readonly from: Matter
  readonly to: Matter
  readonly make: Make
}

const way = (from: Matter, to: Matter, make: Make): Way => ({ from, to, make })
const octets = (make: Make): Way => way('octets', 'octets', make)

/** What is no encoding has one direction: through the relay. */
const relay = (make: Make) => ({ encode: octets(make), decode: octets(make) })

const ways: Readonly<Record<Codec, Readonly<Record<Direction, Way>>>> = {
  charset: {
    encode: way('characters', 'octets', (input, { charset }, recorder) => encodeCharset(input, charset, recorder)),
    decode: way('octets', 'characters', (input, { charset }, recorder) => decodeCharset(input, charset, recorder)),
  },
  base64: {
    encode: octets((input, _, recorder) => encodeBase64(input, recorder)),
    decode: octets((input, _, recorder) => decodeBase64(input, 0, recorder, (read) => read)),
  },
  'quoted-printable': {
    encode: octets((input, _, recorder) => encodeQuotedPrintable(input, recorder)),
    decode: octets((input, _, recorder) => decodeQuotedPrintable(input, recorder)),
  },
  'q-word': {
    encode: octets(encodeQWords),
    decode: way('octets', 'characters', (input, { more }, recorder) => decodeWordSteps(input, recorder, more)),
  },
  'b-word': {
    encode: octets(encodeBWords),
    decode: way('octets', 'characters', (input, { more }, recorder) => decodeWordSteps(input, recorder, more)),
  },
  rfc2231: {
    encode: octets(encodeParameter),
    decode: way('octets', 'characters', (input, { more }, recorder) => decodeParameter(input, recorder, more)),
  },
  utf7: {
    encode: way('characters', 'octets', (input, _, recorder) => encodeUtf7(input, recorder)),
    decode: way('octets', 'characters', (input, _, recorder) => decodeUtf7(input, recorder)),
  },
  '7bit': relay((input, _, recorder) => relay7bit(input, recorder)),
  '8bit': relay((input, _, recorder) => relay8bit(input, recorder)),
  binary: relay((input, _, recorder) => relayBinary(input, recorder)),
}

/** What goes in: octets, or characters. */
export const inputOf = (codec: Codec, direction: Direction): Matter => ways[codec][direction].from

export function stepRun(codec: Codec, direction: Direction, input: string, options: StepOptions = {}): StepRun {
  const { charset = 'utf-8', language = '', phrase = false, attribute = 'filename', more, most = MOST } = options
  const { from, to, make } = ways[codec][direction]
  const recorder = new Recorder(most)
  make(input, { charset, language, phrase, attribute, more }, recorder)
  return recorder.run({ codec, direction, input, inputIs: from, outputIs: to, charset })
}
