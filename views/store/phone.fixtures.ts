import { examplePurposes } from '../example-purposes.ts'
import { fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { StoreAnsweredView } from './answered.tsx'
import { StoreAnswersView } from './answers.tsx'
import { StoreBeginView } from './begin.tsx'
import { type StoreFinishModel, StoreFinishView } from './finish.tsx'

const store = 'Tienda Gran Vía'
const action = '/store/finish/1'
const notMeAction = '/store/finish/1/not-me'

export const storeBeginFixtures = fixturesOf(StoreBeginView, {
  default: { model: { store } },
  'long text': { model: { store: 'Tienda del Paseo de la Castellana, planta baja, entrada de Azca' } },
})

export const storeAnswersFixtures = fixturesOf(StoreAnswersView, {
  default: { modelIn: (language) => ({ purposes: examplePurposes(language) }) },
  empty: { model: { purposes: [] } },
  'form error': {
    modelIn: (language) => ({ purposes: examplePurposes(language) }),
    page: { formError: { code: 'notice-changed' } },
  },
})

export const storeAnsweredFixtures = fixturesOf(StoreAnsweredView, { default: { model: {} } })

const offers = (language: Language) => (language === 'es' ? 'Ofertas y novedades' : 'Offers and news')
const answered = (language: Language): StoreFinishModel => ({
  state: 'answered',
  store,
  choices: [
    { purpose: offers(language), contactChannel: 'email', answer: 'yes' },
    { purpose: offers(language), contactChannel: 'sms', answer: 'no' },
  ],
  seen: 'mark',
  confirmAction: '/store/finish/1/confirm',
  ownHref: '/store/finish/1?own=1',
  notMeAction,
})
const proven = (language: Language, changed: boolean): StoreFinishModel => ({
  state: 'proven',
  store,
  choices: changed ? [] : [{ purpose: offers(language), contactChannel: 'email', answer: 'yes' }],
  changed,
})

export const storeFinishFixtures = fixturesOf(StoreFinishView, {
  default: { modelIn: answered },
  'to answer': {
    modelIn: (language): StoreFinishModel => ({
      state: 'to-answer',
      store,
      purposes: examplePurposes(language),
      action,
      notMeAction,
    }),
  },
  'nothing to answer': { model: { state: 'to-answer', store, purposes: [], action, notMeAction } },
  success: { modelIn: (language) => proven(language, false) },
  'text changed': { modelIn: (language) => proven(language, true) },
  'used link': { model: { state: 'overtaken', store } },
  'has an account': { model: { state: 'account', store, notMeAction } },
  disowned: { model: { state: 'disowned', store } },
})
