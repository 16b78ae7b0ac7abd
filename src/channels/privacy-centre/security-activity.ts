import type { ActivityKind, SecurityModel } from '../../../views/privacy-centre/security.tsx'
import type { ActivityLine } from './security-deps.ts'

const kinds: Readonly<Record<string, ActivityKind>> = {
  'sign-in.succeeded': 'signed-in',
  'sign-in.failed': 'sign-in-failed',
  'oidc.signed-out': 'signed-out',
  'oidc.session-ended': 'session-ended',
  'oidc.other-sessions-ended': 'session-ended',
  'oidc.all-sessions-ended': 'session-ended',
  'oidc.visit-opened': 'kiosk-opened',
  'oidc.device-killed': 'kiosk-stopped',
  'passkey.added': 'passkey-added',
  'passkey.removed': 'passkey-removed',
  'password.set': 'password-changed',
  'oidc.call-prompted': 'call-asked',
  'oidc.call-approved': 'call-approved',
  'oidc.call-redeemed': 'call-access',
  'oidc.call-declined': 'call-declined',
  'oidc.call-reported': 'call-reported',
  'call.looked-up': 'call-looked-up',
  'call.caller-chosen': 'call-opened',
  'call.code-sent': 'call-code-sent',
  'call.verified': 'call-verified',
  'call.check-failed': 'call-check-failed',
  'call.call-back-planned': 'call-back-planned',
  'call.call-back-told': 'call-back-told',
  'call.fields-read': 'call-fields-read',
  'call.field-unmasked': 'call-field-unmasked',
  'call.choices-read': 'call-choices-read',
  'call.choices-told': 'call-choices-told',
  'call.choices-answered': 'call-choices-answered',
  'call.disowned': 'call-disowned',
  'call.request-opened': 'call-request-opened',
  'oidc.token-exchanged': 'agent-token',
  'oidc.agent-access': 'agent-access',
  'loyalty-card.issued': 'card-issued',
  'store-visit.looked-up': 'till-read-card',
  'store-visit.code-sent': 'till-code-sent',
  'store-visit.told-late': 'till-read-card',
  'store-visit.code-repeated': 'till-code-repeated',
  'store.enrolment-tried': 'enrolment-tried',
  'oidc.call-block-lifted': 'caller-lifted',
  'push-browser.added': 'notifications-on',
  'push-browser.removed': 'notifications-off',
}

const textIn = (value: unknown, name: string): string | undefined => {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined
  const found = (value as Readonly<Record<string, unknown>>)[name]
  return typeof found === 'string' ? found : undefined
}

/** The lines of the audit trail that a person can make something of. */
export const activityOf = (
  lines: readonly ActivityLine[],
  placeName?: (touchpointId: string) => string | undefined,
): SecurityModel['activity'] =>
  lines.flatMap(({ seq, entry }) => {
    const kind = kinds[textIn(entry, 'action') ?? '']
    const at = new Date(textIn(entry, 'at') ?? '')
    if (kind === undefined || Number.isNaN(at.getTime())) return []
    const device = textIn(entry['facts'], 'browser')
    const touchpoint = textIn(entry, 'touchpoint')
    const place = (touchpoint && placeName?.(touchpoint)) ?? textIn(entry['facts'], 'network')
    return [
      {
        id: String(seq),
        kind,
        at,
        ...(device === undefined || device === 'other' ? {} : { device }),
        ...(place === undefined || place === 'unknown' ? {} : { place }),
      },
    ]
  })
