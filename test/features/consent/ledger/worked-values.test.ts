import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { base64Url, commitmentTo, tagFor } from '../../../../src/features/consent/ledger/log-row.ts'
import { leafHash, verifyInclusion } from '../../../../src/features/consent/ledger/merkle-tree.ts'

/** The example event of the house's law book, and the values worked out there by hand. */
const event = {
  v: 1,
  event_id: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
  type: 'given',
  occurred_at: '2026-11-22T10:15:30.120Z',
  recorded_at: '2026-11-22T10:15:30.391Z',
  subject: 'sub_7m2k9q4x8e1v6n3b',
  tenant: 'retail-iberica',
  key: {
    controller: 'urn:party:retail-iberica',
    brand: 'moda-ejemplo',
    purpose: 'marketing.direct',
    channel: 'email',
    contact_point: 'cp_01hzx3',
  },
  purpose_version: 2,
  consent_type: 'expressed',
  jurisdiction: 'ES',
  basis: 'eu-gdpr:A6-1-a',
  notice: {
    id: 'notice-mkt-email',
    version: '2.1.0',
    lang: 'es-ES',
    text_sha256: '9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs',
    ui_snapshot_sha256: '9qfzysgLPOgCFTKlz7lakueTpZU1ZEzvd7sY6abHqmc',
    policy_url: 'https://moda.example/privacidad/v7',
  },
  granted: {
    attributes: ['email', 'first_name', 'language'],
    sources: ['web', 'app', 'store'],
    recipients: ['urn:party:retail-iberica'],
    processors_category: ['email-service-provider'],
    validity: null,
  },
  act: {
    by: 'subject',
    method: 'checkbox+submit',
    default_state: 'unticked',
    interaction: 'registration',
    auth: { acr: 'urn:ex:acr:pwd', amr: ['pwd'], sid_ref: 'sx_19f' },
    age_assurance: { over: 14, method: 'self_declared', threshold: 14 },
  },
  capture: {
    surface: 'web',
    app: 'idp-web/1.8.2',
    client_id: 'moda-web',
    channel_of_capture: 'web',
    store_id: null,
    kiosk_id: null,
    agent_id: null,
    call_ref: null,
    ip_prefix: '203.0.113.0/24',
    ua_family: 'Firefox 144 / Windows',
    geo: 'ES',
  },
  doi: null,
  previous: null,
}
const hex = (text: string) => Buffer.from(text, 'hex')

describe('The worked values', () => {
  it('the commitment is SHA-256 over the nonce and the canonical event', () => {
    const nonce = hex('8f1c2d3e4a5b69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0')
    expect(base64Url(commitmentTo(nonce, canonicalize(event) ?? ''))).toBe(
      'Xak8zYPY-2P2M3nR1ttvtQKIDy_3riAzUKuykTI3NzA',
    )
  })

  it('the tag is HMAC-SHA-256 of the number in decimal digits under the key of the person', () => {
    const key = hex('00112233445566778899aabbccddeeff'.repeat(2))
    expect(base64Url(tagFor(key, 184467))).toBe('r6_pcmkv1ZzBkDeWla-hvYc-XTP3tikVgASkQ2LHRFY')
  })

  it('the last of four leaves is proven with the path of the example receipt', () => {
    const bytes = (text: string) => Buffer.from(text, 'base64url')
    expect(base64Url(leafHash('leaf2'))).toBe('MEFRY_muqHp_U7NnnE11MY7hNnVn77ayGDwOh1qwK04')
    const proven = {
      leaf: bytes('cTz8hel2rKAbVGrgswUNYynhR-7ni03fRjclHym8rEI'),
      index: 3,
      size: 4,
      root: bytes('NyfzRXL0ubiojRW7ojA-VhaSGrAS2JLZf6zaFVoBZAw'),
    }
    const path = [
      bytes('MEFRY_muqHp_U7NnnE11MY7hNnVn77ayGDwOh1qwK04'),
      bytes('grvRxd4IOUVz8DWrOHH_qm2KuoC69Hx7KPsrFn8YRk4'),
    ]
    expect(verifyInclusion(proven, path)).toBe(true)
    expect(verifyInclusion({ ...proven, index: 2 }, path)).toBe(false)
  })
})
