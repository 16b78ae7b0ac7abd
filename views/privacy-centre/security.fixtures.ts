import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type SecurityModel, SecurityView } from './security.tsx'

const model = (language: Language): SecurityModel => ({
  passkeys: [
    {
      id: 'p1',
      name: language === 'es' ? 'Móvil de Ana' : 'Ana’s phone',
      provider: 'Google Password Manager',
      createdAt: daysBefore(100),
      lastUsedAt: daysBefore(1),
      synced: true,
      renameAction: '/privacy/security/passkeys/p1/rename',
      removeAction: '/privacy/security/passkeys/p1/remove',
    },
    {
      id: 'p2',
      name: language === 'es' ? 'Llave de seguridad' : 'Security key',
      createdAt: daysBefore(30),
      synced: false,
      renameAction: '/privacy/security/passkeys/p2/rename',
      removeAction: '/privacy/security/passkeys/p2/remove',
    },
  ],
  addPasskey: { optionsHref: '/example/passkey/options', action: '/example/passkey' },
  password: { changedAt: daysBefore(200), href: '/privacy/security/password' },
  sessions: [
    {
      id: 's1',
      device: language === 'es' ? 'Chrome en Android' : 'Chrome on Android',
      place: 'Madrid',
      lastSeenAt: exampleNow,
      current: true,
      apps: ['Tienda Norte'],
      endAction: '/privacy/security/sessions/s1/end',
    },
    {
      id: 's2',
      device: language === 'es' ? 'Safari en Mac' : 'Safari on Mac',
      place: 'Bilbao',
      lastSeenAt: daysBefore(5),
      current: false,
      apps: ['Tienda Norte', 'Club Norte'],
      endAction: '/privacy/security/sessions/s2/end',
    },
  ],
  calls: {
    notificationsHref: '/privacy/security/notifications',
    callersHref: '/privacy/security/callers',
  },
  endOthersAction: '/privacy/security/sessions/end-others',
  activity: [
    { id: 'a1', kind: 'signed-in', at: exampleNow, device: 'Chrome, Android', place: 'Madrid' },
    { id: 'a2', kind: 'sign-in-failed', at: daysBefore(2), place: 'Bilbao' },
    { id: 'a3', kind: 'passkey-added', at: daysBefore(30), device: 'Chrome, Android' },
  ],
})

export const securityFixtures = fixturesOf(SecurityView, {
  default: { modelIn: model },
  empty: {
    modelIn: (language) => ({
      ...model(language),
      passkeys: [],
      password: { href: '/privacy/security/password' },
      sessions: model(language).sessions.slice(0, 1),
      activity: model(language).activity.slice(0, 1),
    }),
  },
  'passkey added': {
    modelIn: (language) => ({
      ...model(language),
      signal: { rpId: 'id.tienda-norte.example', userId: 'YW5h', credentialIds: ['p1', 'p2'] },
    }),
    page: { notice: { kind: 'success', key: 'flash.passkey-added' } },
  },
  'field error': {
    modelIn: model,
    page: { fieldErrors: [{ field: 'name-p1', code: 'passkey-name-required' }] },
  },
  'last way in': { modelIn: model, page: { formError: { code: 'last-credential' } } },
})
