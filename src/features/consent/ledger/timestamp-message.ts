import { type ContentInfo, id_signedData, SignedData } from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  id_ct_tstInfo,
  MessageImprint,
  PKIStatus,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'

/** The two messages of RFC 3161, as far as an honest client needs them: SHA-256 imprints only. */

const sha256 = '2.16.840.1.101.3.4.2.1'
const derNull = Uint8Array.of(0x05, 0x00).buffer

const own = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** TimeStampReq, version 1, asking for the certificate too. `nonce`: eight bytes, the first from 1 to 127 (a DER integer). */
export const timestampRequest = (digest: Uint8Array, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(
    AsnConvert.serialize(
      new TimeStampReq({
        messageImprint: new MessageImprint({
          hashAlgorithm: new AlgorithmIdentifier({ algorithm: sha256, parameters: derNull }),
          hashedMessage: new OctetString(own(digest)),
        }),
        nonce: own(nonce),
        certReq: true,
      }),
    ),
  )

export interface Timestamp {
  readonly digest: Uint8Array
  readonly nonce: Uint8Array | undefined
  readonly at: Date
  /** Under which rules the authority gave its word: an object identifier. */
  readonly policy: string
  /** The TSTInfo as it stands, which is what was signed. */
  readonly info: Uint8Array
  /** The CMS SignedData around it (RFC 5652), read and as it stands. */
  readonly signed: SignedData
  readonly signedBytes: ArrayBuffer
}

/** The TSTInfo of a TimeStampResp, unproven; undefined when none was granted or the message is none. */
export function readTimestamp(response: Uint8Array): Timestamp | undefined {
  try {
    const { status, timeStampToken } = AsnConvert.parse(own(response), TimeStampResp)
    const granted = status.status === PKIStatus.granted || status.status === PKIStatus.grantedWithMods
    return granted && timeStampToken !== undefined ? timestampIn(timeStampToken) : undefined
  } catch {
    // The reader throws errors of several kinds at what is not the message it was promised.
    return undefined
  }
}

function timestampIn({ contentType, content }: ContentInfo): Timestamp | undefined {
  if (contentType !== id_signedData) return undefined
  const signed = AsnConvert.parse(content, SignedData)
  const { eContentType, eContent } = signed.encapContentInfo
  if (eContentType !== id_ct_tstInfo || eContent?.single === undefined) return undefined
  const info = eContent.single.buffer
  const { messageImprint, nonce, genTime, policy } = AsnConvert.parse(info, TSTInfo)
  if (messageImprint.hashAlgorithm.algorithm !== sha256 || Number.isNaN(genTime.getTime())) return undefined
  return {
    digest: new Uint8Array(messageImprint.hashedMessage.buffer),
    nonce: nonce === undefined ? undefined : new Uint8Array(nonce),
    at: genTime,
    policy,
    info: new Uint8Array(info),
    signed,
    signedBytes: content,
  }
}
