import { fixturesOf } from '../fixture.ts'
import { translator } from '../locales/translator.ts'
import type { Language } from '../page-context.ts'
import { type CheckMeasureModel, CheckMeasureView, type EffectModel } from './check-measure.tsx'
import type { MeasureName } from './measure.tsx'
import { underPeople } from './under-people.ts'

const uses = (language: Language) => {
  const t = translator(language)
  const offers = language === 'es' ? 'Ofertas y novedades' : 'Offers and news'
  return {
    email: `${offers}, ${t('contactChannel.email')}`,
    push: `${offers}, ${t('contactChannel.push')}`,
    advice: language === 'es' ? 'Recomendaciones' : 'Recommendations',
    fraud: language === 'es' ? 'Prevención del fraude' : 'Fraud prevention',
  }
}

const nothing: EffectModel = { ends: [], narrows: [], begins: [], stays: [] }

const check = (
  language: Language,
  measure: MeasureName,
  effect: Partial<EffectModel>,
  rows: CheckMeasureModel['rows'],
): CheckMeasureModel => {
  const t = translator(language)
  return {
    measure,
    rows: [
      { label: t('measure.who'), value: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11' },
      ...rows,
      { label: t('measure.reason'), value: 'Solicitud 2026-114' },
    ],
    effect: { ...nothing, ...effect },
    carried: { reason: 'Solicitud 2026-114', seen: '4.f', command: '0198b2c4' },
  }
}

const restricting = (language: Language, effect: Partial<EffectModel>) => {
  const t = translator(language)
  return check(language, 'restrict', effect, [
    { label: t('measure.scope'), value: t('scope.marketing') },
    { label: t('measure.ground'), value: t('measure.ground.accuracy') },
  ])
}

export const staffCheckMeasureFixtures = fixturesOf(
  CheckMeasureView,
  underPeople<CheckMeasureModel>({
    'restrict, two permissions end': {
      modelIn: (language) => {
        const { email, push, advice, fraud } = uses(language)
        return restricting(language, { ends: [email, push], narrows: [advice], stays: [fraud] })
      },
    },
    'restrict, nothing changes today': { modelIn: (language) => restricting(language, {}) },
    'changed while it was open': {
      modelIn: (language) => restricting(language, { ends: [uses(language).email] }),
      page: { formError: { code: 'facts-moved-on' } },
    },
    'announce the lift': {
      modelIn: (language) =>
        check(language, 'announce-lift', { stays: [uses(language).fraud] }, [
          {
            label: translator(language)('measure.restriction'),
            value: translator(language)('scope.marketing'),
          },
        ]),
    },
    lift: {
      modelIn: (language) =>
        check(
          language,
          'lift-restriction',
          { begins: [uses(language).email], stays: [uses(language).fraud] },
          [
            {
              label: translator(language)('measure.restriction'),
              value: translator(language)('scope.marketing'),
            },
          ],
        ),
    },
    override: {
      modelIn: (language) =>
        check(language, 'override-objection', { begins: [uses(language).fraud] }, [
          { label: translator(language)('measure.objection'), value: uses(language).fraud },
          {
            label: translator(language)('measure.grounds'),
            value: 'Tres devoluciones de cargo en una semana desde el mismo dispositivo.',
          },
        ]),
    },
    suppress: {
      modelIn: (language) =>
        check(language, 'suppress', { ends: [uses(language).email] }, [
          {
            label: translator(language)('measure.because'),
            value: translator(language)('person.because.court'),
          },
          {
            label: translator(language)('measure.contactChannel'),
            value: translator(language)('person.everyChannel'),
          },
          { label: translator(language)('measure.source'), value: 'juzgado-3' },
        ]),
    },
    'lift a suppression': {
      modelIn: (language) =>
        check(language, 'lift-suppression', { begins: [uses(language).email] }, [
          {
            label: translator(language)('measure.suppression'),
            value: translator(language)('person.everyChannel'),
          },
        ]),
    },
  }),
)
