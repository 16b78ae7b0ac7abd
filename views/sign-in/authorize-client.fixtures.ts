import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type AuthorizeClientModel, AuthorizeClientView } from './authorize-client.tsx'

const model = (language: Language): AuthorizeClientModel => ({
  client: {
    name: 'Bici Compartida',
    domain: 'bici-compartida.example',
    privacyHref: 'https://bici-compartida.example/privacidad',
  },
  claims: [
    { id: 'given_name', label: 'attribute.given_name', value: 'Ana', optional: false },
    { id: 'email', label: 'attribute.email', value: 'ana@ejemplo.com', optional: false },
    { id: 'postal_code', label: 'attribute.postal_code', value: '48001', optional: true },
    { id: 'phone', label: 'attribute.phone', optional: true },
  ],
  purpose:
    language === 'es'
      ? 'Crear tu cuenta en Bici Compartida y decirte qué estaciones tienes cerca.'
      : 'Create your account at Bici Compartida and tell you which stations are near you.',
  duration:
    language === 'es'
      ? 'Hasta que lo pares tú o cierres tu cuenta allí.'
      : 'Until you stop it or close your account there.',
})

export const authorizeClientFixtures = fixturesOf(AuthorizeClientView, {
  default: { modelIn: model },
  'nothing optional': {
    modelIn: (language) => ({
      ...model(language),
      claims: model(language).claims.filter(({ optional }) => !optional),
    }),
  },
  'all optional': {
    modelIn: (language) => ({
      ...model(language),
      claims: model(language).claims.map((claim) => ({ ...claim, optional: true })),
    }),
  },
})
