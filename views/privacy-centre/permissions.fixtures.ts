import { changedPurposes, examplePurposes } from '../example-purposes.ts'
import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import type { PurposeChoice } from '../parts/choice.tsx'
import { type PermissionsModel, PermissionsView } from './permissions.tsx'

const model = (language: Language): PermissionsModel => {
  const es = language === 'es'
  return {
    purposes: examplePurposes(language, {
      'marketing.direct.email': 'yes',
      'marketing.direct.sms': 'no',
      'personalisation.none': 'no',
    }),
    legitimateInterests: [
      {
        id: 'fraud',
        title: es ? 'Evitar fraudes' : 'Prevent fraud',
        summary: es
          ? 'Comparamos tu pedido con señales de fraude antes de cobrarlo.'
          : 'We compare your order with signs of fraud before charging it.',
        recipients: ['Pagos Ebro, S.A.'],
        objectAction: '/privacy/permissions/fraud/object',
      },
      {
        id: 'survey',
        title: es ? 'Preguntarte por tu compra' : 'Ask about your purchase',
        summary: es ? 'Te mandamos una encuesta tras cada pedido.' : 'We send you a survey after each order.',
        recipients: [],
        objectedAt: daysBefore(20),
        objectAction: '/privacy/permissions/survey/object',
      },
    ],
    necessary: [
      {
        id: 'orders',
        title: es ? 'Preparar y enviar tus pedidos' : 'Prepare and send your orders',
        basis: es ? 'Por el contrato de compra' : 'Because of the contract of sale',
      },
      {
        id: 'invoices',
        title: es ? 'Guardar tus facturas' : 'Keep your invoices',
        basis: es ? 'Lo exige la ley, seis años' : 'The law requires it, for six years',
      },
    ],
  }
}

/** The example with something told of each question. */
const withEach = (
  language: Language,
  told: (choice: PurposeChoice) => Partial<PurposeChoice>,
): PermissionsModel['purposes'] =>
  examplePurposes(language).map((purpose) => ({
    ...purpose,
    choices: purpose.choices.map((choice) => ({ ...choice, ...told(choice) })),
  }))

export const permissionsFixtures = fixturesOf(PermissionsView, {
  default: { modelIn: model },
  empty: { model: { purposes: [], legitimateInterests: [], necessary: [] } },
  saved: { modelIn: model, page: { notice: { kind: 'success', key: 'flash.choices-saved' } } },
  'waits for confirmation': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: examplePurposes(language).map((purpose) => ({
        ...purpose,
        choices: purpose.choices.map((choice) =>
          choice.contactChannel === 'email' ? { ...choice, waitsFor: 'confirmation' as const } : choice,
        ),
      })),
      confirmations: [
        {
          id: 'example',
          contactChannel: 'email',
          purposes: [language === 'es' ? 'Ofertas y novedades' : 'Offers and news'],
          until: exampleNow,
          resendAction: '/privacy/permissions/confirmations/example/resend',
        },
      ],
      marketing: { objectAction: '/privacy/permissions/object-to-marketing' },
    }),
  },
  'a child': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, () => ({ waitsFor: 'guardian' })),
      guardian: { state: 'to-ask', askHref: '/privacy/guardian' },
      marketing: { objectedAt: daysBefore(3), objectAction: '/privacy/permissions/object-to-marketing' },
    }),
  },
  'a child, nothing said yet': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: examplePurposes(language),
      guardian: { state: 'too-young', age: 14 },
    }),
  },
  'a guardian was asked': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, () => ({ waitsFor: 'guardian' })),
      guardian: { state: 'asked', until: daysBefore(-2), askHref: '/privacy/guardian' },
    }),
  },
  'no guardian answered': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, () => ({ waitsFor: 'guardian' })),
      guardian: { state: 'not-answered', askHref: '/privacy/guardian' },
    }),
  },
  'a guardian answered': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, ({ contactChannel }) => ({
        answer: contactChannel === 'email' ? 'yes' : 'no',
        since: daysBefore(12),
        by: 'guardian',
      })),
    }),
  },
  'of age now': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, ({ contactChannel }) =>
        contactChannel === 'email'
          ? { said: 'yes', since: daysBefore(400), by: 'guardian' }
          : { waitsFor: 'own-word' },
      ),
      guardian: { state: 'of-age', age: 14, kept: true, unheard: true },
    }),
  },
  restricted: {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, () => ({
        answer: 'yes',
        since: daysBefore(90),
        status: { kind: 'restricted' },
      })),
      legitimateInterests: model(language).legitimateInterests.map((one) => ({ ...one, restricted: true })),
      restrictedUses: examplePurposes(language)
        .slice(0, 1)
        .flatMap(({ title, summary, choices }) =>
          choices.map(({ key, contactChannel, notice }, place) => ({
            key,
            title,
            contactChannel,
            notice,
            summary,
            action: '/privacy/permissions/during-restriction',
            ...(place === 0 ? { allowedAt: daysBefore(2) } : {}),
          })),
        ),
      restrictions: [
        {
          since: daysBefore(5),
          reaches: [language === 'es' ? 'Toda la publicidad' : 'All advertising'],
        },
        {
          since: daysBefore(9),
          reaches: [language === 'es' ? 'Dirección postal' : 'Postal address'],
        },
      ],
    }),
  },
  objected: {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, () => ({
        answer: 'no',
        status: { kind: 'objected', at: daysBefore(3) },
      })),
      legitimateInterests: model(language).legitimateInterests.map((one) => ({
        ...one,
        ...(one.id === 'fraud' ? { overriddenAt: daysBefore(2) } : {}),
      })),
      marketing: { objectedAt: daysBefore(3), objectAction: '/privacy/permissions/object-to-marketing' },
    }),
  },
  'answers that do not count': {
    modelIn: (language) => {
      const states: readonly Partial<PurposeChoice>[] = [
        { status: { kind: 'expired' } },
        { answer: 'yes', since: daysBefore(200), channel: 'kiosk', status: { kind: 'stopped' } },
        { status: { kind: 'deferred', at: daysBefore(-150) } },
        { status: { kind: 'invalidated', at: daysBefore(20) } },
        { status: { kind: 'revoked', at: daysBefore(20) } },
        { status: { kind: 'superseded' } },
      ]
      const [first] = examplePurposes(language)
      const [choice] = first?.choices ?? []
      if (first === undefined || choice === undefined) throw new Error('no example')
      const channels = ['email', 'sms', 'push', 'post', 'phone_human', 'in_app'] as const
      const { line: _, ...bare } = choice
      const choices = channels.map((contactChannel, at) => ({
        ...bare,
        contactChannel,
        key: `marketing.direct.${contactChannel}`,
        ...states[at],
      }))
      return { ...model(language), purposes: [{ ...first, choices }] }
    },
  },
  'said in store moments ago': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, ({ contactChannel }) =>
        contactChannel === 'email'
          ? { answer: 'yes', since: exampleNow, channel: 'store', minutesAgo: 2 }
          : { answer: 'no', since: daysBefore(40) },
      ),
    }),
  },
  'answered elsewhere meanwhile': {
    modelIn: (language): PermissionsModel => ({
      ...model(language),
      purposes: withEach(language, ({ contactChannel }) =>
        contactChannel === 'email'
          ? { answer: 'no', channel: 'store', minutesAgo: 2, overtaken: { pressed: 'yes' } }
          : {},
      ),
    }),
    page: { formError: { code: 'overtaken' } },
  },
  'text changed meanwhile': {
    modelIn: (language): PermissionsModel => ({ ...model(language), purposes: changedPurposes(language) }),
    page: { formError: { code: 'notice-changed' } },
  },
  conflict: { modelIn: model, page: { formError: { code: 'conflict' } } },
})
