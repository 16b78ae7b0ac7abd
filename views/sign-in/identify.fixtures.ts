import { colourfulBrand, fixturesOf } from '../fixture.ts'
import { IdentifyView } from './identify.tsx'

const passkeys = { optionsHref: '/example/passkey/options', action: '/example/passkey' }
const createAccountHref = '/example/create-account'

export const identifyFixtures = fixturesOf(IdentifyView, {
  default: { model: { passkeys, createAccountHref }, page: { clientName: 'Tienda Norte' } },
  'without client': { model: { passkeys, createAccountHref } },
  'field error': {
    model: { email: 'ana@ejemplo', passkeys, createAccountHref },
    page: { fieldErrors: [{ field: 'email', code: 'email-invalid' }] },
  },
  'form error': {
    model: { email: 'ana@ejemplo.com', passkeys, createAccountHref },
    page: { formError: { code: 'passkey-failed' } },
  },
  'unknown passkey': {
    model: {
      passkeys,
      createAccountHref,
      unknownPasskey: { rpId: 'id.tienda-norte.example', credentialId: 'q9Zt0w' },
    },
    page: { formError: { code: 'passkey-unknown' } },
  },
  'rate limited': {
    model: { email: 'ana@ejemplo.com', createAccountHref },
    page: { formError: { code: 'too-many-attempts', values: { minutes: 5 } } },
  },
  'signed out elsewhere': {
    model: { passkeys, createAccountHref },
    page: { notice: { kind: 'info', key: 'flash.signed-out' } },
  },
  'demo shortcuts': {
    model: {
      passkeys,
      createAccountHref,
      shortcuts: ['Ana', 'Bruno', 'Carmen'].map((label) => ({
        label,
        action: `/example/demo/${label.toLowerCase()}`,
      })),
    },
    page: { clientName: 'Tienda Norte' },
  },
  'brand colours': {
    model: { passkeys, createAccountHref },
    page: { brand: colourfulBrand, clientName: 'Casa Lumbre' },
  },
  'long text': {
    model: {
      email: 'maria-de-los-angeles.fernandez-villaverde@correo-corporativo.example',
      passkeys,
      createAccountHref,
    },
    page: { clientName: 'Grandes Almacenes y Supermercados del Cantábrico Oriental' },
  },
})
