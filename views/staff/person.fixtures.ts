import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import { translator } from '../locales/translator.ts'
import type { Language } from '../page-context.ts'
import { type AnswerModel, type PersonModel, PersonView } from './person.tsx'
import type { ActModel } from './person-acts.tsx'
import { underPeople } from './under-people.ts'

const subjectId = '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11'
const receiptId = '0198b2c4-91aa-7d0e-8f6b-2b1f4f0a7e55'

const words = (language: Language) =>
  language === 'es'
    ? { offers: 'Ofertas y novedades', advice: 'Recomendaciones', fraud: 'Prevención del fraude' }
    : { offers: 'Offers and news', advice: 'Recommendations', fraud: 'Fraud prevention' }

const answer = (
  id: string,
  purpose: string,
  contactChannel: AnswerModel['contactChannel'],
  state: AnswerModel['state'],
  days: number | undefined,
): AnswerModel => ({
  id,
  purpose,
  contactChannel,
  state,
  since: days === undefined ? undefined : daysBefore(days),
  permitted: state === 'GIVEN' || state === 'INTEREST',
  explainHref: `/dpo/people/${subjectId}/explain?purpose=${id}&contact_channel=${contactChannel}`,
})

const act = (
  id: string,
  state: string,
  days: number,
  about: string,
  more: Partial<ActModel> = {},
): ActModel => ({
  id,
  at: daysBefore(days),
  state,
  claimed: false,
  about,
  contactChannel: undefined,
  by: 'subject',
  channel: 'web',
  receiptId,
  ...more,
})

const fresh = (language: Language): PersonModel => ({
  subjectId,
  state: 'active',
  since: daysBefore(0),
  jurisdiction: 'España',
  language: 'español',
  reason: 'Solicitud 2026-114',
  until: new Date(exampleNow.getTime() + 3_600_000),
  answers: [answer('marketing.direct', words(language).offers, 'email', 'UNKNOWN', undefined)],
  objections: [],
  restrictions: [],
  suppressions: [],
  timeline: {
    from: daysBefore(0),
    to: exampleNow,
    lanes: (['answers', 'objections', 'restrictions', 'suppressions'] as const).map((of) => ({
      of,
      marks: [],
      spans: [],
    })),
  },
  acts: [],
  olderLeftOut: false,
})

function full(language: Language): PersonModel {
  const { offers, advice, fraud } = words(language)
  const t = translator(language)
  return {
    ...fresh(language),
    since: daysBefore(400),
    answers: [
      answer('marketing.direct', offers, 'email', 'GIVEN', 210),
      answer('marketing.direct.sms', offers, 'sms', 'WITHDRAWN', 120),
      answer('personalisation.onsite', advice, 'none', 'SUPERSEDED', 390),
      answer('security.fraud', fraud, 'none', 'INTEREST', undefined),
    ],
    objections: [
      {
        id: 'marketing.*',
        about: t('scope.marketing'),
        at: daysBefore(90),
        state: 'absolute',
        overriddenAt: undefined,
      },
      { id: 'security.fraud', about: fraud, at: daysBefore(12), state: 'standing', overriddenAt: undefined },
      {
        id: 'analytics',
        about: advice,
        at: daysBefore(80),
        state: 'overridden',
        overriddenAt: daysBefore(60),
      },
    ],
    restrictions: [
      {
        id: 'personalisation.onsite',
        about: [advice],
        since: daysBefore(40),
        days: 40,
        agreed: [`${offers}, ${t('contactChannel.email')}`],
        told: undefined,
      },
      {
        id: 'attr:birth_date',
        about: [language === 'es' ? 'Fecha de nacimiento' : 'Date of birth'],
        since: daysBefore(30),
        days: 30,
        agreed: [],
        told: { at: daysBefore(2), liftableFrom: daysBefore(-1), over: false },
      },
      {
        id: '*',
        about: [t('person.everything')],
        since: daysBefore(20),
        days: 20,
        agreed: [],
        told: { at: daysBefore(5), liftableFrom: daysBefore(2), over: true },
      },
    ],
    suppressions: [
      { id: '0', contactChannel: '*', oneAddress: false, because: 'court', since: daysBefore(8) },
      { id: '1', contactChannel: 'email', oneAddress: true, because: 'hard_bounce', since: daysBefore(3) },
    ],
    timeline: {
      from: daysBefore(400),
      to: exampleNow,
      lanes: [
        {
          of: 'answers',
          marks: [
            { id: 'a', at: daysBefore(390), kind: 'yes' },
            { id: 'b', at: daysBefore(210), kind: 'yes' },
            { id: 'c', at: daysBefore(120), kind: 'no' },
          ],
          spans: [],
        },
        {
          of: 'objections',
          marks: [
            { id: 'd', at: daysBefore(90), kind: 'stop' },
            { id: 'e', at: daysBefore(60), kind: 'other' },
            { id: 'f', at: daysBefore(12), kind: 'stop' },
          ],
          spans: [],
        },
        {
          of: 'restrictions',
          marks: [],
          spans: [
            { id: 'g', from: daysBefore(300), to: daysBefore(240) },
            { id: 'h', from: daysBefore(40), to: undefined },
          ],
        },
        { of: 'suppressions', marks: [], spans: [{ id: 'i', from: daysBefore(8), to: undefined }] },
      ],
    },
    acts: [
      act('1', 'objected', 12, fraud),
      act('2', 'restriction_set', 40, advice, { by: 'controller', receiptId: undefined }),
      act('3', 'withdrawn', 120, offers, { contactChannel: 'sms', channel: 'app' }),
      act('4', 'given', 210, offers, { contactChannel: 'email', channel: 'kiosk' }),
      act('5', 'given', 390, advice, { claimed: true, by: 'system', channel: 'api' }),
    ],
    olderLeftOut: true,
  }
}

const blocked = (language: Language): PersonModel => ({
  ...fresh(language),
  state: 'blocked',
  jurisdiction: undefined,
})

export const staffPersonFixtures = fixturesOf(
  PersonView,
  underPeople<PersonModel>({
    'nothing decided yet': { modelIn: fresh },
    'everything at once': { modelIn: full },
    'just restricted': {
      modelIn: (language) => ({ ...full(language), objections: [], suppressions: [], olderLeftOut: false }),
      page: { notice: { kind: 'success', key: 'flash.measure.restrict' } },
    },
    'blocked, living nobody knows where': { modelIn: blocked },
  }),
)
