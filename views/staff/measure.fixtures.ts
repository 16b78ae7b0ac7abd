import { daysBefore, type Fixture, fixturesOf } from '../fixture.ts'
import { translator } from '../locales/translator.ts'
import type { Language } from '../page-context.ts'
import { type MeasureField, type MeasureModel, type MeasureName, MeasureView } from './measure.tsx'
import { underPeople } from './under-people.ts'

type Typed = Readonly<Record<string, string>>

const offers = (language: Language) => (language === 'es' ? 'Ofertas y novedades' : 'Offers and news')
const advice = (language: Language) => (language === 'es' ? 'Recomendaciones' : 'Recommendations')

const reason = (typed: Typed): MeasureField => ({
  kind: 'line',
  name: 'reason',
  label: 'measure.reason',
  hint: 'measure.reasonHint',
  value: typed['reason'] ?? '',
})

function restrictFields(language: Language, typed: Typed): readonly MeasureField[] {
  const t = translator(language)
  const value = (name: string) => typed[name] ?? ''
  return [
    {
      kind: 'radios',
      name: 'scope',
      label: 'measure.scope',
      value: value('scope'),
      options: (['all', 'purpose', 'attribute'] as const).map((one) => ({
        value: one,
        words: t(`measure.scope.${one}`),
      })),
    },
    {
      kind: 'select',
      name: 'purpose',
      label: 'measure.purpose',
      hint: 'measure.purposeHint',
      none: 'measure.choosePurpose',
      options: [
        { value: 'marketing.direct', words: offers(language) },
        { value: 'personalisation.onsite', words: advice(language) },
      ],
      value: value('purpose'),
    },
    {
      kind: 'select',
      name: 'attribute',
      label: 'measure.attribute',
      hint: 'measure.attributeHint',
      none: 'measure.chooseAttribute',
      options: [{ value: 'birth_date', words: language === 'es' ? 'Fecha de nacimiento' : 'Date of birth' }],
      value: value('attribute'),
    },
    {
      kind: 'radios',
      name: 'ground',
      label: 'measure.ground',
      value: value('ground'),
      options: (['accuracy', 'unlawful', 'legal_claims', 'objection_pending'] as const).map((one) => ({
        value: one,
        words: t(`measure.ground.${one}`),
      })),
    },
    reason(typed),
  ]
}

/** Without a way the person cannot be written to. */
function howTold(language: Language, typed: Typed): readonly MeasureField[] {
  const t = translator(language)
  const ways = ['message', 'letter', 'telephone', 'in-person'] as const
  const { how = 'message', day = '' } = typed
  return [
    {
      kind: 'radios',
      name: 'how',
      label: 'measure.how',
      value: how,
      options: ways
        .filter((one) => one !== 'message' || how !== '')
        .map((value) => ({ value, words: t(`measure.how.${value}`) })),
    },
    {
      kind: 'day',
      name: 'day',
      label: 'measure.toldDay',
      hint: 'measure.toldDayHint',
      value: day,
      optional: true,
    },
  ]
}

const restrictions =
  (about: 'untold' | 'waiting') =>
  (language: Language, typed: Typed): readonly MeasureField[] => {
    const t = translator(language)
    const told = { at: daysBefore(2), from: daysBefore(-1) }
    return [
      {
        kind: 'radios',
        name: 'scope',
        label: 'measure.restriction',
        value: typed['scope'] ?? '',
        options: [
          {
            value: 'marketing.*',
            words: t('scope.marketing'),
            about:
              about === 'untold'
                ? t('person.sinceDays', { at: daysBefore(40), days: 40 })
                : t('person.told.waiting', told),
          },
        ],
      },
      ...(about === 'untold' ? howTold(language, typed) : []),
      reason(typed),
    ]
  }

function objectionFields(language: Language, typed: Typed): readonly MeasureField[] {
  const t = translator(language)
  return [
    {
      kind: 'radios',
      name: 'purpose',
      label: 'measure.objection',
      value: typed['purpose'] ?? '',
      options: [
        {
          value: 'security.fraud',
          words: language === 'es' ? 'Prevención del fraude' : 'Fraud prevention',
          about: t('person.objectedAt', { at: daysBefore(12) }),
        },
      ],
    },
    {
      kind: 'text',
      name: 'grounds',
      label: 'measure.grounds',
      hint: 'measure.groundsHint',
      value: typed['grounds'] ?? '',
    },
    reason(typed),
  ]
}

function suppressFields(language: Language, typed: Typed): readonly MeasureField[] {
  const t = translator(language)
  return [
    {
      kind: 'radios',
      name: 'because',
      label: 'measure.because',
      value: typed['because'] ?? '',
      options: (['complaint', 'hard_bounce', 'court'] as const).map((one) => ({
        value: one,
        words: t(`person.because.${one}`),
      })),
    },
    {
      kind: 'select',
      name: 'contact_channel',
      label: 'measure.contactChannel',
      options: [
        { value: '*', words: t('person.everyChannel') },
        { value: 'email', words: t('contactChannel.email') },
        { value: 'sms', words: t('contactChannel.sms') },
      ],
      value: typed['contact_channel'] ?? '*',
    },
    {
      kind: 'line',
      name: 'address',
      label: 'measure.address',
      hint: 'measure.addressHint',
      value: typed['address'] ?? '',
      optional: true,
    },
    {
      kind: 'line',
      name: 'source',
      label: 'measure.source',
      hint: 'measure.sourceHint',
      value: typed['source'] ?? '',
    },
    reason(typed),
  ]
}

function stoppedFields(language: Language, typed: Typed): readonly MeasureField[] {
  const t = translator(language)
  return [
    {
      kind: 'radios',
      name: 'entry',
      label: 'measure.suppression',
      value: typed['entry'] ?? '',
      options: [
        { value: '*', words: t('person.everyChannel'), about: t('person.because.complaint') },
        {
          value: 'email 0198',
          words: `${t('contactChannel.email')}, ${t('person.oneAddress')}`,
          about: t('person.because.hard_bounce'),
        },
      ],
    },
    reason(typed),
  ]
}

type FieldsOf = (language: Language, typed: Typed) => readonly MeasureField[]

const shown = (
  measure: MeasureName,
  fields: FieldsOf,
  typed: Typed = {},
  more: (language: Language) => Partial<MeasureModel> = () => ({}),
): Fixture<MeasureModel> => ({
  modelIn: (language) => ({
    measure,
    personHref: '/dpo/people/0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
    fields: fields(language, typed),
    notes: [],
    nothing: false,
    ...more(language),
  }),
})

const never = (language: Language) => ({
  notes: [
    translator(language)('measure.override-objection.never', {
      about: translator(language)('scope.marketing'),
    }),
  ],
})
const wrong = (...pairs: readonly (readonly [field: string, code: string])[]) => ({
  page: { fieldErrors: pairs.map(([field, code]) => ({ field, code })) },
})

export const staffMeasureFixtures = fixturesOf(
  MeasureView,
  underPeople<MeasureModel>({
    'restrict, default': shown('restrict', restrictFields),
    'restrict, typed and sent back': {
      ...shown('restrict', restrictFields, { scope: 'purpose', ground: 'accuracy', reason: '' }),
      ...wrong(['purpose', 'choose-purpose'], ['reason', 'decision-reason-missing']),
    },
    'restrict, nothing chosen': {
      ...shown('restrict', restrictFields),
      ...wrong(['scope', 'choose-scope'], ['ground', 'choose-ground'], ['reason', 'decision-reason-missing']),
    },
    'announce the lift': shown('announce-lift', restrictions('untold')),
    'nobody can be written to': shown('announce-lift', restrictions('untold'), { how: '' }, (language) => ({
      notes: [translator(language)('measure.announce-lift.unreachable')],
    })),
    'told by letter, on no day': {
      ...shown('announce-lift', restrictions('untold'), {
        scope: 'marketing.*',
        how: 'letter',
        reason: 'Exactitud comprobada',
      }),
      ...wrong(['day', 'date-invalid']),
    },
    'the message did not leave': {
      ...shown('announce-lift', restrictions('untold'), {
        scope: 'marketing.*',
        reason: 'Exactitud comprobada',
      }),
      page: { formError: { code: 'notice-not-sent' } },
    },
    'lift, not yet': {
      ...shown('lift-restriction', restrictions('waiting'), { scope: 'marketing.*', reason: 'Ya' }),
      ...wrong(['scope', 'person-not-told']),
    },
    'lift, nothing to lift': shown('lift-restriction', restrictions('waiting'), {}, () => ({
      nothing: true,
    })),
    'override, beside one to advertising': shown('override-objection', objectionFields, {}, never),
    'override, grounds too short': {
      ...shown('override-objection', objectionFields, { purpose: 'security.fraud', grounds: 'Fraude' }),
      ...wrong(['grounds', 'grounds-missing'], ['reason', 'decision-reason-missing']),
    },
    'override, advertising only': {
      ...shown('override-objection', objectionFields, {}, (language) => ({
        ...never(language),
        nothing: true,
      })),
      page: { formError: { code: 'objection-absolute' } },
    },
    suppress: shown('suppress', suppressFields),
    'suppress, address of somebody else': {
      ...shown('suppress', suppressFields, {
        because: 'hard_bounce',
        address: 'otra@ejemplo.com',
        source: 'ESP',
      }),
      ...wrong(['address', 'contact-point-unknown'], ['source', 'source-invalid']),
    },
    'lift a suppression': shown('lift-suppression', stoppedFields),
    'lift a suppression, none stands': shown('lift-suppression', stoppedFields, {}, () => ({
      nothing: true,
    })),
  }),
)
