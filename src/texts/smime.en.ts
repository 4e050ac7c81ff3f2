/** Signed and encrypted mail (S/MIME): what was found, and what it means. English. */
export const smimeEnglish = {
  'smime.outcome.good':
    'The signature is good: the text is exactly what was signed, and an authority that you trust says that the key is the sender’s. The header of the message (Subject, Date, To) is not signed.',
  'smime.outcome.altered':
    'The text is not the one that was signed: its digest is another than the one in the signature. One octet is enough: a relay that re-encodes the text or adds a line at its end does it, too.',
  'smime.outcome.wrong-signature':
    'The signature does not fit: it was not made with the key of this certificate, or it was altered itself.',
  'smime.outcome.unknown-signer':
    'The text is what was signed, but nobody that you trust says whose key it was. Anybody can make a certificate with any name.',
  'smime.outcome.not-for-mail': 'The text is what was signed, but the certificate is not meant for signing mail.',
  'smime.outcome.not-yet-valid':
    'The text is what was signed, but a certificate on the way to the authority is not valid yet at this time.',
  'smime.outcome.expired':
    'The text is what was signed, but a certificate on the way to the authority has expired. When it was signed, only the signer says.',
  'smime.outcome.other-sender':
    'The signature is good, but it is somebody else’s: the certificate is not for the address in From.',
  'smime.outcome.damaged': 'There should be a signature here, but it cannot be read.',
  'smime.outcome.not-signed': 'These are certificates only: nothing is signed.',
  'smime.outcome.no-certificate':
    'The signer’s certificate does not come with the signature, and without its key nobody can check it.',
  'smime.outcome.unsupported': 'It is signed with an algorithm that is not known here (too old, or too new).',

  'smime.certificate.subject': 'Whose key',
  'smime.certificate.issuer': 'Who vouches for it',
  'smime.certificate.addresses': 'For the addresses',
  'smime.certificate.from': 'Valid from',
  'smime.certificate.until': 'Valid until',
  'smime.certificate.serial': 'Serial number',
  'smime.certificate.fingerprint': 'Fingerprint (SHA-256)',
  'smime.certificate.algorithm': 'Key',
  'smime.certificate.authority': 'It may vouch for others.',
  'smime.certificate.path': 'The way to the authority',

  'smime.digest.computed': 'Digest of the text as it lies here',
  'smime.digest.signed': 'Digest in the signature',
  'smime.signing-time': 'Signed at, as the signer says',

  'smime.decrypt.opened':
    'Opened with your private key. The key of this letter came by {transport}, the letter itself is in {cipher}.',
  'smime.decrypt.not-signed':
    'Encrypted is not signed: nobody else could read it, but anybody who has your certificate can have written it.',
  'smime.decrypt.not-for-you':
    'It is encrypted, but not for you: none of the keys in it was locked with your certificate.',
  'smime.decrypt.damaged':
    'It is for you, but it does not open: it was altered or cut on the way, or your key is another one.',
  'smime.decrypt.unsupported': 'It is encrypted with an algorithm that is not known here.',
  'smime.decrypt.bad-identity': 'Your own certificate or private key cannot be read.',

  'smime.form.smime-signed':
    'Signed by S/MIME, with the signature beside the text: everybody can read it, those who know S/MIME can verify it.',
  'smime.form.smime-signed-data':
    'Signed by S/MIME in one piece: relays leave it alone, but only those who know S/MIME can read it.',
  'smime.form.smime-enveloped-data': 'Encrypted by S/MIME: only the recipients’ private keys open it.',
  'smime.form.smime-certs-only': 'Certificates only: a way to send somebody the keys to write to.',
  'smime.form.pgp-signed': 'Signed by PGP. Only its layout is looked at here; the signature is not verified.',
  'smime.form.pgp-encrypted': 'Encrypted by PGP. Only its layout is looked at here; it is not opened.',
  'smime.form.unknown': 'Signed or encrypted by a protocol that is not known here.',

  'smime.layout.good': 'It is laid out as it should be.',
  'smime.layout.no-boundary': 'The parameter boundary is missing.',
  'smime.layout.no-protocol': 'The parameter protocol is missing: it says what kind of signature or encryption it is.',
  'smime.layout.no-micalg':
    'The parameter micalg is missing: it says which digest to compute, so that it can be done while reading.',
  'smime.layout.not-two-parts': 'There should be exactly two parts.',
  'smime.layout.not-the-protocol': 'The part for the protocol is of another type than the parameter protocol says.',
  'smime.layout.not-octet-stream': 'The encrypted part should be application/octet-stream.',
  'smime.layout.no-version': 'The first part should say “Version: 1”.',
  'smime.layout.unreadable': 'What is inside cannot be read.',

  'smime.refused.bare-line-end':
    'A CR or LF stands alone. The next relay would make a line end of it and break the signature: make lines end with CR LF first.',
  'smime.refused.eight-bit':
    'There is an octet above 127. A relay may re-encode it and break the signature: use quoted-printable or base64 first.',
  'smime.refused.nul': 'There is a NUL, which no text may hold: use base64 first.',
  'smime.refused.long-line': 'A line has more than 998 characters: use quoted-printable or base64 first.',
  'smime.refused.boundary': 'This boundary is no boundary, or the text has a line that begins with it.',
  'smime.refused.bad-identity': 'The certificate or the private key to sign with cannot be read.',
  'smime.refused.no-recipients': 'Nobody is named to encrypt for.',
  'smime.refused.bad-certificate': 'A recipient’s certificate cannot be read, or its key is not for encrypting.',
  'smime.refused.bad-authority': 'This authority cannot be read, or it may not vouch for others.',
  'smime.refused.bad-address': 'A certificate can only be made for an address like name@domain, in ASCII.',
} as const
