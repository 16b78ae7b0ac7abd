import { X509Certificate } from 'node:crypto'
import { usualPorts, whyNotAllowed } from '../egress/allowed-url.ts'
import type { Config } from './config.ts'
import type { Reading } from './faults.ts'
import { httpUrl, integer } from './readings.ts'

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Certificates in PEM, one after another; undefined when one of them is none, or nothing is. */
function certificates(text: string): readonly string[] | undefined {
  const found = text.match(certificate) ?? []
  try {
    for (const pem of found) new X509Certificate(pem)
  } catch {
    return undefined
  }
  return found.length === 0 ? undefined : found
}

const objectIdentifier = (text: string): string | undefined =>
  /^[0-2](?:\.(?:0|[1-9]\d*))+$/.test(text) ? text : undefined

/** How the consent log is vouched for outside the database. */
export function readCheckpoints(
  reading: Reading,
  { allow }: Pick<Config['egress'], 'allow'>,
): Config['checkpoints'] {
  const out = { exempt: new Set(allow), ports: usualPorts }
  const timestampUrl = reading.read(
    'PLACET_TIMESTAMP_URL',
    undefined,
    (text) => {
      const url = httpUrl(text)
      return url === undefined || whyNotAllowed(url, out) !== undefined ? undefined : url
    },
    `an https address without credentials, on port ${usualPorts.join(' or ')}: nothing else is fetched; set the https address of your time authority or choose one that has one (on your own machine, name its origin in PLACET_EGRESS_ALLOW as well)`,
  )
  const timestampCertificates = reading.read(
    'PLACET_TSA_CERTIFICATES',
    [],
    certificates,
    'one or more certificates in PEM',
  )
  if (timestampUrl !== undefined && reading.text('PLACET_TSA_CERTIFICATES') === undefined) {
    reading.fault(
      'PLACET_TSA_CERTIFICATES is missing: PLACET_TIMESTAMP_URL is set, and anybody could answer there; set PLACET_TSA_CERTIFICATES_FILE to the certificate of the authority, or of whoever certifies it',
    )
  }
  return {
    folder: reading.text('PLACET_CHECKPOINTS'),
    everyMinutes: reading.read(
      'PLACET_CHECKPOINT_MINUTES',
      10,
      (text) => integer(text, 1, 1_440),
      'a number of minutes from 1 to 1440',
    ),
    timestampUrl,
    timestampCertificates,
    timestampPolicy: reading.read(
      'PLACET_TSA_POLICY',
      undefined,
      objectIdentifier,
      'an object identifier, such as 0.4.0.2023.1.1',
    ),
  }
}
