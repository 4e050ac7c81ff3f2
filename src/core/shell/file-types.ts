/** What a file is by the end of its name, as /etc/mime.types says it to mail programs. */

const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  csv: 'text/csv',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  au: 'audio/basic',
  wav: 'audio/x-wav',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  pdf: 'application/pdf',
  ps: 'application/postscript',
  zip: 'application/zip',
  p7m: 'application/pkcs7-mime',
  p7s: 'application/pkcs7-signature',
}

export const typeOfFile = (name: string): string => {
  const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return Object.hasOwn(TYPES, end) ? TYPES[end]! : 'application/octet-stream'
}
