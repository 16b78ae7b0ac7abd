import { fixturesOf } from '../fixture.ts'
import { CreatePasskeyView } from './create-passkey.tsx'

const model = {
  optionsHref: '/example/passkey/options',
  action: '/example/passkey',
  skipAction: '/example/skip',
}

export const createPasskeyFixtures = fixturesOf(CreatePasskeyView, {
  default: { model },
  'silent first': { model: { ...model, silent: true } },
  'form error': { model, page: { formError: { code: 'passkey-failed' } } },
})
