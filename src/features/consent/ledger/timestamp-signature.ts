import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import { child, type DerElement, der, elementsOf, oidOf } from './der.ts'
import { type Timestamp, timestampInfoType } from './timestamp-message.ts'

/** Whose word about the time is taken: the authority's own certificate, or that of whoever certifies it. */
export interface TimestampTrust {
  readonly certificates: readonly X509Certificate[]
  /** The only policy accepted, as an object identifier; undefined: whichever the authority works by. */
  readonly policy?: string | undefined
}

/** Trust as it is configured: certificates in PEM. */
export const timestampTrust = (configured: {
  readonly timestampCertificates: readonly string[]
  readonly timestampPolicy: string | undefined
}): TimestampTrust => ({
  certificates: configured.timestampCertificates.map((pem) => new X509Certificate(pem)),
  policy: configured.timestampPolicy,
})

const timeStamping = '1.3.6.1.5.5.7.3.8'
const contentType = '1.2.840.113549.1.9.3'
const messageDigest = '1.2.840.113549.1.9.4'
const signingCertificate = '1.2.840.113549.1.9.16.2.12'
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47'
const pss = '1.2.840.113549.1.1.10'

/** Nothing weaker: who can find a second content for a digest can put another one under an old signature. */
const digests: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
/** Signature algorithms that name their digest themselves: RSA (PKCS #1) and ECDSA. */
const digestOfSignature: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}
/** Those that do not, and go with the digest of the content: rsaEncryption and RSASSA-PSS. */
const withDigestOfContent = new Set(['1.2.840.113549.1.1.1', pss])

/** More certificates between the authority and one that is trusted than any has. */
const longestChain = 5

const hashOf = (algorithm: string, bytes: Uint8Array): Buffer => createHash(algorithm).update(bytes).digest()

const isValidAt = (certificate: X509Certificate, at: Date): boolean =>
  certificate.validFromDate <= at && at <= certificate.validToDate

const issued = (issuer: X509Certificate, certificate: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

/** A certificate of ours, or one that leads to one of ours through those that came with the token. */
function isTrusted(
  certificate: X509Certificate,
  along: readonly X509Certificate[],
  ours: readonly X509Certificate[],
  at: Date,
  steps = longestChain,
): boolean {
  if (!isValidAt(certificate, at) || steps === 0) return false
  if (ours.some(({ raw }) => raw.equals(certificate.raw))) return true
  if (ours.some((one) => isValidAt(one, at) && issued(one, certificate))) return true
  return along.some(
    (one) =>
      !one.raw.equals(certificate.raw) &&
      issued(one, certificate) &&
      isTrusted(one, along, ours, at, steps - 1),
  )
}

function certificatesIn(signed: readonly DerElement[]): readonly X509Certificate[] {
  const bag = signed.slice(3).find(({ tag }) => tag === 0xa0)
  return bag === undefined ? [] : elementsOf(bag.body).flatMap(({ whole }) => certificateFrom(whole))
}

function certificateFrom(bytes: Uint8Array): readonly X509Certificate[] {
  try {
    return [new X509Certificate(bytes)]
  } catch {
    return []
  }
}

type Attributes = ReadonlyMap<string, DerElement>

/** The signed attributes by type. Throws RangeError when one has not exactly one value: which would count? */
function attributesOf(signedAttributes: DerElement): Attributes {
  const found = new Map<string, DerElement>()
  for (const attribute of elementsOf(signedAttributes.body)) {
    const values = elementsOf(child(attribute, 1, der.set).body)
    const [value] = values
    const type = oidOf(child(attribute, 0))
    if (value === undefined || values.length > 1 || found.has(type)) throw new RangeError('not DER')
    found.set(type, value)
  }
  return found
}

/**
 * Whether the signed attributes name this certificate (RFC 5035, RFC 3161 2.4.1): otherwise another certificate with the
 * same key could be put in its place.
 */
function namesCertificate(attributes: Attributes, { raw }: X509Certificate): boolean {
  const second = attributes.get(signingCertificateV2)
  if (second !== undefined) {
    const fields = elementsOf(child(child(second, 0, der.sequence), 0, der.sequence).body)
    const [first, hash] = fields
    // The algorithm is left out where it is SHA-256.
    if (first?.tag === der.octets) return hashOf('sha256', raw).equals(first.body)
    const algorithm = digests[oidOf(child(first, 0))]
    return algorithm !== undefined && hash !== undefined && hashOf(algorithm, raw).equals(hash.body)
  }
  const first = attributes.get(signingCertificate)
  if (first === undefined) return false
  const hash = child(child(child(first, 0, der.sequence), 0, der.sequence), 0, der.octets)
  return hashOf('sha1', raw).equals(hash.body)
}

interface Signer {
  readonly attributes: Attributes
  /** What was signed: the attributes as the SET they are, not as the field they stand in (RFC 5652, 5.4). */
  readonly signedBytes: Buffer
  readonly digest: string
  readonly algorithm: string
  readonly signature: Buffer
}

/** The one signer; an authority signs alone (RFC 3161, 2.4.2). Throws RangeError where the token is none. */
function signerOf(signed: readonly DerElement[]): Signer | undefined {
  const infos = signed.at(-1)
  if (infos?.tag !== der.set) return undefined
  const [info, ...others] = elementsOf(infos.body)
  if (info === undefined || others.length > 0) return undefined
  const [, , digestAlgorithm, signedAttributes, signatureAlgorithm, signature] = elementsOf(info.body)
  if (signedAttributes?.tag !== 0xa0 || signature?.tag !== der.octets) return undefined
  const digest = digests[oidOf(child(digestAlgorithm, 0))]
  if (digest === undefined) return undefined
  return {
    attributes: attributesOf(signedAttributes),
    signedBytes: Buffer.concat([Buffer.of(der.set), signedAttributes.whole.subarray(1)]),
    digest,
    algorithm: oidOf(child(signatureAlgorithm, 0)),
    signature: signature.body,
  }
}

function holds(
  { signedBytes, digest, algorithm, signature }: Signer,
  { publicKey }: X509Certificate,
): boolean {
  const hash = withDigestOfContent.has(algorithm) ? digest : digestOfSignature[algorithm]
  if (hash === undefined) return false
  const key =
    algorithm === pss
      ? {
          key: publicKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_AUTO,
        }
      : { key: publicKey }
  return verify(hash, signedBytes, key, signature)
}

/**
 * Whether an authority we trust gave this timestamp: the signature over it holds, by a certificate that is named in what was
 * signed, is for timestamps and nothing else (RFC 3161, 2.3), was valid at that moment, and is one of ours or certified by
 * one. Revocation is not asked about: a token is judged by what was known when it was given.
 */
export function isFromAuthority(timestamp: Timestamp, trust: TimestampTrust): boolean {
  try {
    return isProven(timestamp, trust)
  } catch {
    // Not DER after all, or a key that OpenSSL can make nothing of: whatever it is, it proves nothing.
    return false
  }
}

function isProven(timestamp: Timestamp, trust: TimestampTrust): boolean {
  if (trust.policy !== undefined && trust.policy !== timestamp.policy) return false
  const signer = signerOf(timestamp.signed)
  const type = signer?.attributes.get(contentType)
  const digest = signer?.attributes.get(messageDigest)
  if (signer === undefined || type === undefined || digest === undefined) return false
  if (oidOf(type) !== timestampInfoType) return false
  if (!hashOf(signer.digest, timestamp.info).equals(digest.body)) return false
  const along = certificatesIn(timestamp.signed)
  return [...along, ...trust.certificates].some(
    (certificate) =>
      certificate.keyUsage?.length === 1 &&
      certificate.keyUsage[0] === timeStamping &&
      namesCertificate(signer.attributes, certificate) &&
      holds(signer, certificate) &&
      isTrusted(certificate, along, trust.certificates, timestamp.at),
  )
}

/** Clocks differ; more than this they do not, where somebody looks after them. */
const toleranceMs = 5 * 60_000

/** No authority can have seen a checkpoint before it was signed, nor can it have seen it in our future. */
export const isPlausible = ({ at }: Timestamp, issuedAt: Date, now: Date): boolean =>
  at.getTime() >= issuedAt.getTime() - toleranceMs && at.getTime() <= now.getTime() + toleranceMs
