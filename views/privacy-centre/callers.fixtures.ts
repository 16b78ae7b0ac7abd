import { daysBefore, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type CallersModel, CallersView } from './callers.tsx'

const none: CallersModel = { stopped: [], securityHref: '/privacy/security' }

const two = (language: Language): CallersModel => ({
  ...none,
  stopped: [
    {
      id: 'c1',
      name: language === 'es' ? 'Atención al cliente' : 'Customer care',
      since: daysBefore(3),
      liftAction: '/privacy/security/callers/lift',
    },
    {
      id: 'c2',
      name: 'Reparto Norte',
      since: daysBefore(90),
      liftAction: '/privacy/security/callers/lift',
    },
  ],
})

export const callersFixtures = fixturesOf(CallersView, {
  default: { modelIn: two },
  empty: { model: none },
  lifted: { model: none, page: { notice: { kind: 'success', key: 'flash.caller-lifted' } } },
})
