import type { ActivityKind, SecurityModel } from '../../../views/privacy-centre/security.tsx'
import type { ActivityLine } from './security-deps.ts'

const kinds: Readonly<Record<string, ActivityKind>> = {
  'sign-in.succeeded': 'signed-in',
  'sign-in.failed': 'sign-in-failed',
  'oidc.signed-out': 'signed-out',
  'oidc.session-ended': 'session-ended',
  'oidc.other-sessions-ended': 'session-ended',
  'oidc.all-sessions-ended': 'session-ended',
  'passkey.added': 'passkey-added',
  'passkey.removed': 'passkey-removed',
  'password.set': 'password-changed',
  'oidc.call-prompted': 'call-asked',
  'oidc.call-approved': 'call-approved',
  'oidc.call-redeemed': 'call-access',
  'oidc.call-declined': 'call-declined',
  'oidc.call-reported': 'call-reported',
}

const textIn = (value: unknown, name: string): string | undefined => {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined
  const found = (value as Readonly<Record<string, unknown>>)[name]
  return typeof found === 'string' ? found : undefined
}

/** The lines of the audit trail that a person can make something of. */
export const activityOf = (lines: readonly ActivityLine[]): SecurityModel['activity'] =>
  lines.flatMap(({ seq, entry }) => {
    const kind = kinds[textIn(entry, 'action') ?? '']
    const at = new Date(textIn(entry, 'at') ?? '')
    if (kind === undefined || Number.isNaN(at.getTime())) return []
    const device = textIn(entry['facts'], 'browser')
    const place = textIn(entry['facts'], 'network')
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
