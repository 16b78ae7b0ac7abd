import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type CallerModel, CallerView } from './caller.tsx'
import { exampleHead, underCalls } from './example-call.ts'

const modelIn = (language: Language, more: Partial<CallerModel> = {}): CallerModel => {
  const es = language === 'es'
  return {
    head: { ...exampleHead, assurance: 'own-device' },
    name: 'A··· G···',
    reason: es ? 'Un pedido' : 'An order',
    fields: [
      { attribute: 'first_name', label: es ? 'Nombre' : 'First name', masked: 'A···' },
      { attribute: 'email', label: es ? 'Correo electrónico' : 'Email', masked: 'a•••@e•••.com' },
      { attribute: 'phone', label: es ? 'Teléfono móvil' : 'Mobile', masked: '+34 •••••• 22' },
    ],
    closed: [],
    typed: { attribute: '', why: '' },
    shownSeconds: 30,
    tasks: ['choices', 'request'],
    ...more,
  }
}

export const callerFixtures = fixturesOf(
  CallerView,
  underCalls<CallerModel>({
    default: { modelIn: (language) => modelIn(language) },
    'just verified': {
      modelIn: (language) => modelIn(language),
      page: { notice: { kind: 'success', key: 'flash.calls.verified' } },
    },
    'a value shown': {
      modelIn: (language) => {
        const model = modelIn(language)
        const [first, second, ...rest] = model.fields
        return {
          ...model,
          fields: [
            ...(first ? [first] : []),
            ...(second ? [{ ...second, shown: 'ana@ejemplo.com' }] : []),
            ...rest,
          ],
        }
      },
    },
    'verified with a code': {
      modelIn: (language) =>
        modelIn(language, {
          head: { ...exampleHead, assurance: 'code' },
          closed: [language === 'es' ? 'Dirección' : 'Address'],
        }),
    },
    restricted: {
      modelIn: (language) =>
        modelIn(language, {
          head: { ...exampleHead, assurance: 'own-device', banners: ['restricted'] },
          tasks: ['take-back', 'request'],
        }),
    },
    'nothing to be done': {
      modelIn: (language) =>
        modelIn(language, {
          head: { ...exampleHead, assurance: 'code', banners: ['minor', 'restricted'] },
          fields: [],
          tasks: [],
        }),
    },
    'field errors': {
      modelIn: (language) => modelIn(language, { typed: { attribute: '', why: '' } }),
      page: {
        fieldErrors: [
          { field: 'attribute', code: 'choose-attribute-to-see' },
          { field: 'why', code: 'unmask-why-missing' },
        ],
      },
    },
  }),
)
