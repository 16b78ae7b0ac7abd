import { constants, createHash, verify, X509Certificate } from 'node:crypto'
import { id_contentType, id_messageDigest, type SignerInfo } from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { id_ct_tstInfo } from '@peculiar/asn1-tsp'
import {
  type BaseBlock,
  Constructed,
  fromBER,
  ObjectIdentifier,
  OctetString as Octets,
  Sequence,
} from 'asn1js'
import type { Timestamp } from './timestamp-message.ts'

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

const partsOf = (block: BaseBlock | undefined): readonly BaseBlock[] =>
  block instanceof Constructed ? block.valueBlock.value : []

/** The certificates that came along, byte by byte as they came: their digests are named in what was signed. */
const certificatesIn = (signedData: BaseBlock): readonly X509Certificate[] =>
  partsOf(
    partsOf(signedData).find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0),
  ).flatMap((one) => certificateFrom(one.valueBeforeDecodeView))

function certificateFrom(bytes: Uint8Array): readonly X509Certificate[] {
  try {
    return [new X509Certificate(bytes)]
  } catch {
    return []
  }
}

type Attributes = ReadonlyMap<string, ArrayBuffer>

/** The signed attributes by type, or undefined when one has not exactly one value: which would count? */
function attributesOf({ signedAttrs = [] }: SignerInfo): Attributes | undefined {
  const found = new Map<string, ArrayBuffer>()
  for (const { attrType, attrValues } of signedAttrs) {
    const [value] = attrValues
    if (value === undefined || attrValues.length > 1 || found.has(attrType)) return undefined
    found.set(attrType, value)
  }
  return found
}

/** The fields of the first ESSCertID in a signing certificate attribute (RFC 5035, 3 and 4). */
function firstNamed(attribute: ArrayBuffer): readonly BaseBlock[] {
  const [certificates] = partsOf(fromBER(attribute).result)
  return partsOf(partsOf(certificates)[0])
}

const isDigestOf = (block: BaseBlock | undefined, hash: Buffer): boolean =>
  block instanceof Octets && hash.equals(block.valueBlock.valueHexView)

/**
 * Whether the signed attributes name this certificate (RFC 5035, RFC 3161 2.4.1): otherwise another certificate with the
 * same key could be put in its place.
 */
function namesCertificate(attributes: Attributes, { raw }: X509Certificate): boolean {
  const second = attributes.get(signingCertificateV2)
  if (second !== undefined) {
    const [first, hash] = firstNamed(second)
    // The algorithm is left out where it is SHA-256.
    if (!(first instanceof Sequence)) return isDigestOf(first, hashOf('sha256', raw))
    const [oid] = partsOf(first)
    const algorithm = oid instanceof ObjectIdentifier ? digests[oid.getValue()] : undefined
    return algorithm !== undefined && isDigestOf(hash, hashOf(algorithm, raw))
  }
  const first = attributes.get(signingCertificate)
  return first !== undefined && isDigestOf(firstNamed(first)[0], hashOf('sha1', raw))
}

/** What was signed: the attributes as the SET they are, not as the field they stand in (RFC 5652, 5.4). */
function signedBytesIn(signedData: BaseBlock): Buffer {
  const [signer] = partsOf(partsOf(signedData).at(-1))
  // After version, signer and digest algorithm; the signer may be a field numbered [0] as well.
  const field = partsOf(signer)[3]?.valueBeforeDecodeView ?? new Uint8Array()
  return Buffer.concat([Buffer.of(0x31), field.subarray(1)])
}

function holds(signer: SignerInfo, signedBytes: Buffer, { publicKey }: X509Certificate): boolean {
  const { algorithm } = signer.signatureAlgorithm
  const hash = withDigestOfContent.has(algorithm)
    ? digests[signer.digestAlgorithm.algorithm]
    : digestOfSignature[algorithm]
  if (hash === undefined) return false
  const key =
    algorithm === pss
      ? {
          key: publicKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_AUTO,
        }
      : { key: publicKey }
  return verify(hash, signedBytes, key, Buffer.from(signer.signature.buffer))
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
    // Not ASN.1 after all, or a key that OpenSSL can make nothing of: whatever it is, it proves nothing.
    return false
  }
}

function isProven(timestamp: Timestamp, trust: TimestampTrust): boolean {
  if (trust.policy !== undefined && trust.policy !== timestamp.policy) return false
  // An authority signs alone (RFC 3161, 2.4.2).
  const [signer, ...others] = timestamp.signed.signerInfos
  if (signer === undefined || others.length > 0) return false
  const attributes = attributesOf(signer)
  const type = attributes?.get(id_contentType)
  const digest = attributes?.get(id_messageDigest)
  const algorithm = digests[signer.digestAlgorithm.algorithm]
  if (attributes === undefined || type === undefined || digest === undefined) return false
  const named = fromBER(type).result
  if (!(named instanceof ObjectIdentifier) || named.getValue() !== id_ct_tstInfo) return false
  const stated = Buffer.from(AsnConvert.parse(digest, OctetString).buffer)
  if (algorithm === undefined || !hashOf(algorithm, timestamp.info).equals(stated)) return false
  const signedData = fromBER(timestamp.signedBytes).result
  const along = certificatesIn(signedData)
  const signedBytes = signedBytesIn(signedData)
  return [...along, ...trust.certificates].some(
    (certificate) =>
      certificate.keyUsage?.length === 1 &&
      certificate.keyUsage[0] === timeStamping &&
      namesCertificate(attributes, certificate) &&
      holds(signer, signedBytes, certificate) &&
      isTrusted(certificate, along, trust.certificates, timestamp.at),
  )
}

/** Clocks differ; more than this they do not, where somebody looks after them. */
const toleranceMs = 5 * 60_000

/** No authority can have seen a checkpoint before it was signed, nor can it have seen it in our future. */
export const isPlausible = ({ at }: Timestamp, issuedAt: Date, now: Date): boolean =>
  at.getTime() >= issuedAt.getTime() - toleranceMs && at.getTime() <= now.getTime() + toleranceMs
