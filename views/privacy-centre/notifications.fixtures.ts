import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import { type NotificationsModel, NotificationsView } from './notifications.tsx'

const path = '/privacy/security/notifications'

const off: NotificationsModel = {
  browsers: [],
  turnOn: { needs: 'nothing', action: path, key: 'BExample' },
  securityHref: '/privacy/security',
}

const on: NotificationsModel = {
  ...off,
  turnOn: undefined,
  browsers: [
    { id: 'b1', label: 'Firefox', since: exampleNow, here: true, offAction: `${path}/b1/off` },
    { id: 'b2', label: 'Chrome', since: daysBefore(40), here: false, offAction: `${path}/b2/off` },
  ],
}

export const notificationsFixtures = fixturesOf(NotificationsView, {
  default: { model: off },
  on: { model: on, page: { notice: { kind: 'success', key: 'flash.notifications-on' } } },
  'only elsewhere': { model: { ...on, turnOn: off.turnOn, browsers: on.browsers.slice(1) } },
  'without passkey': { model: { ...off, turnOn: { needs: 'passkey', href: '/privacy/security' } } },
  'proof needed': { model: { ...off, turnOn: { needs: 'proof', href: `${path}/confirm` } } },
  'form error': { model: off, page: { formError: { code: 'push-subscription-refused' } } },
})
