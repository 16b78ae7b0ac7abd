import { describe, expect, it } from 'vitest'
import { textHash } from '../../../src/features/consent/notice.ts'
import { receiptClaims } from '../../../src/features/consent/receipt.ts'
import { act, months, registry } from './scene.ts'

const text =
  'Quiero recibir por correo electrónico novedades y ofertas de Moda Ejemplo (Retail Ibérica, S.L.). Puedo darme de baja cuando quiera en Mi cuenta > Privacidad o en cada mensaje.'
const notice = {
  id: 'notice-mkt-email',
  version: '2.1.0',
  language: 'es',
  text,
  textHash: textHash(text),
  url: 'https://moda.example/notices/notice-mkt-email/2.1.0',
}
const { text: _, url: __, ...reference } = notice
const frame = {
  controllers: [
    {
      id: 'urn:party:retail-iberica',
      name: 'Retail Ibérica, S.L.',
      address: 'Calle Ejemplo 1, 28001 Madrid, ES',
      contact: 'dpd@retail-iberica.example',
    },
  ],
  authority: {
    id: 'urn:party:aepd',
    name: 'Agencia Española de Protección de Datos',
    address: 'C/ Jorge Juan 6, 28001 Madrid, ES',
    contact: 'https://www.aepd.es',
    url: 'https://www.aepd.es',
  },
  withdrawalMethod: 'https://id.moda.example/privacy',
  privacyRights: 'https://id.moda.example/privacy/rights',
  retentionPeriod: 'until withdrawal; proof 3 years blocked',
  storageLocations: ['ES'],
}
const given = act('given', '2026-11-22T10:15:30.120Z', {
  id: 'e-1',
  notice: reference,
  contactPoint: 'cp-1',
  jurisdiction: 'ES',
  validity: months(24),
  capture: { channel: 'web', surface: 'registration', language: 'es' },
})

describe('The hash of a notice', () => {
  it('is SHA-256 of the exact text, base64url, as in the worked example', () => {
    expect(textHash(text)).toBe('9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs')
    expect(textHash(`${text} `)).not.toBe(textHash(text))
  })
})

describe('The receipt Ana keeps', () => {
  it('says what she agreed to, in which words, with whom, and how to take it back', () => {
    const claims = receiptClaims('rcpt-1', [given], [notice], registry.purposes, frame)
    expect(claims).toMatchObject({
      schema_version: 'https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr',
      receipt_id: 'rcpt-1',
      record_ids: ['e-1'],
      withdrawal_method: 'https://id.moda.example/privacy',
      authority_party: { party_name: 'Agencia Española de Protección de Datos' },
      controllers: [{ party_id: 'urn:party:retail-iberica' }],
      events: [
        {
          record_id: 'e-1',
          state: 'given',
          event_time: '2026-11-22T10:15:30.120Z',
          event_type: 'https://w3id.org/dpv#ExpressedConsent',
          event_state: 'https://w3id.org/dpv#ConsentGiven',
          privacy_notice: notice.url,
          notice_sha256: notice.textHash,
          wording: text,
          purpose: {
            id: 'marketing.direct',
            version: 2,
            type: 'https://w3id.org/dpv#DirectMarketing',
            channel: 'email',
            lawful_basis: 'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a',
          },
          pii: ['email', 'first_name'],
          validity_duration: 'P24M',
          capture: { surface: 'registration', channel: 'web' },
        },
      ],
    })
  })

  it('carries all that was decided in one act, the noes included', () => {
    const refused = act('refused', '2026-11-22', { id: 'e-2', notice: reference, contactChannel: 'sms' })
    const claims = receiptClaims('rcpt-1', [given, refused], [notice], registry.purposes, frame)
    expect(claims.record_ids).toEqual(['e-1', 'e-2'])
    expect(claims.events[1]?.event_state).toBe('https://w3id.org/dpv#ConsentRefused')
  })

  it('calls an objection or a restriction neither a consent nor founded on one', () => {
    const objected = act('objected', '2026-11-22', { id: 'e-3' })
    const restricted = act('restriction_set', '2026-11-22', { id: 'e-4' })
    const claims = receiptClaims('rcpt-1', [objected, restricted], [], registry.purposes, frame)
    const article = (number: number) => `https://w3id.org/dpv/legal/eu/gdpr#A${number}`
    expect(claims.events).toMatchObject([
      { event_type: article(21), event_state: article(21), purpose: { lawful_basis: null } },
      { event_type: article(18), event_state: article(18), purpose: { lawful_basis: null } },
    ])
  })

  it('says of a yes that was only claimed neither that it was given nor how, and founds nothing on it', () => {
    for (const consentType of [undefined, 'expressed', 'explicit'] as const) {
      const claimed = { ...given, id: 'e-5', by: 'system', evidenceGrade: 'none', consentType } as const
      const [entry] = receiptClaims('rcpt-1', [claimed], [notice], registry.purposes, frame).events
      const unknown = 'https://w3id.org/dpv#ConsentUnknown'
      expect(entry).toMatchObject({
        event_type: unknown,
        event_state: unknown,
        purpose: { lawful_basis: null },
      })
      expect(JSON.stringify(entry)).not.toMatch(/ConsentGiven|Express|A6-1-a/)
    }
  })

  it('names Art. 9(2)(a) for an explicit yes to special categories, and Art. 6 for one to anything else', () => {
    const special = { ...frame, specialAttributes: registry.specialAttributes }
    const basisOf = (attributes: readonly string[], consentType: 'explicit' | 'expressed') => {
      const yes = { ...given, attributes, consentType }
      const [entry] = receiptClaims('rcpt-1', [yes], [notice], registry.purposes, special).events
      return entry?.purpose.lawful_basis?.split('#')[1]
    }
    expect(basisOf(['email', 'allergies'], 'explicit')).toBe('A9-2-a')
    expect(basisOf(['email'], 'explicit')).toBe('A6-1-a-explicit-consent')
    // Not explicit, it is no ground of Art. 9, and the receipt does not make it one.
    expect(basisOf(['email', 'allergies'], 'expressed')).toBe('A6-1-a')
  })

  it('says how a proven yes was expressed only where that was recorded', () => {
    const kindIn = (consentType: 'expressed' | 'explicit' | undefined) => {
      const imported = { ...given, evidenceGrade: 'partial', consentType } as const
      const [entry] = receiptClaims('rcpt-1', [imported], [notice], registry.purposes, frame).events
      expect(entry?.event_state).toBe('https://w3id.org/dpv#ConsentGiven')
      return entry?.event_type
    }
    expect(kindIn(undefined)).toBe('https://w3id.org/dpv#Consent')
    expect(kindIn('expressed')).toBe('https://w3id.org/dpv#ExpressedConsent')
    expect(kindIn('explicit')).toBe('https://w3id.org/dpv#ExplicitlyExpressedConsent')
  })

  it('names the controller of each decision', () => {
    const claims = receiptClaims('rcpt-1', [given], [notice], registry.purposes, frame)
    expect(claims.events[0]?.pii_controllers).toEqual([`urn:party:${given.controller}`])
  })

  it('holds no contact point and is plain JSON', () => {
    const claims = receiptClaims('rcpt-1', [given], [notice], registry.purposes, frame)
    const json = JSON.stringify(claims)
    expect(json).not.toContain('cp-1')
    expect(JSON.parse(json)).toEqual(claims)
  })

  it('is not written for words that were changed or are not at hand', () => {
    const write = (notices: readonly (typeof notice)[]) => () =>
      receiptClaims('rcpt-1', [given], notices, registry.purposes, frame)
    expect(write([])).toThrow('receipt_without_notice')
    expect(write([{ ...notice, text: `${text}!` }])).toThrow('receipt_without_notice')
  })
})
