import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type NewRequestModel, NewRequestView } from './new-request.tsx'
import { type RequestModel, RequestView } from './request.tsx'
import { type NotMineModel, RequestDisownedView, RequestNotMineView } from './request-not-mine.tsx'
import { type RequestsModel, RequestsView } from './requests.tsx'

const newHref = '/privacy/new-request'
const backHref = '/privacy/requests'
const due = daysBefore(-30)

const requests: RequestsModel['requests'] = [
  {
    id: '3',
    href: '/privacy/requests/3',
    right: 'access',
    reference: 'SOL-7K4F-2M',
    state: 'open',
    receivedAt: exampleNow,
    due,
  },
  {
    id: '2',
    href: '/privacy/requests/2',
    right: 'automated-decision',
    reference: 'SOL-QX3R-9T',
    state: 'withdrawn',
    receivedAt: daysBefore(90),
    due: daysBefore(60),
  },
  {
    id: '1',
    href: '/privacy/requests/1',
    right: 'erasure',
    reference: 'SOL-B8WN-4C',
    state: 'not-mine',
    receivedAt: daysBefore(200),
    due: daysBefore(170),
  },
]

export const requestsFixtures = fixturesOf(RequestsView, {
  default: { model: { requests, newHref } },
  empty: { model: { requests: [], newHref } },
})

const words = (language: Language) =>
  language === 'es'
    ? 'Mi apellido está mal escrito en los tiques.\nEs Gómez-Iturriagaetxebarria, con guion.'
    : 'My surname is misspelt on the receipts.\nIt is Gómez-Iturriagaetxebarria, with a hyphen.'

const one = (language: Language): RequestModel => ({
  right: 'rectification',
  reference: 'SOL-7K4F-2M',
  state: 'open',
  receivedAt: exampleNow,
  due,
  words: words(language),
  openedBy: 'subject',
  channel: 'web',
  late: false,
  backHref,
  takeBackAction: '/privacy/requests/3/take-back',
})

export const requestFixtures = fixturesOf(RequestView, {
  default: { modelIn: one },
  'just opened': {
    modelIn: one,
    page: { notice: { kind: 'success', key: 'flash.request-opened' } },
  },
  'opened by staff': {
    modelIn: (language): RequestModel => ({ ...one(language), openedBy: 'staff', channel: 'call-centre' }),
  },
  late: {
    modelIn: (language): RequestModel => ({
      ...one(language),
      receivedAt: daysBefore(33),
      due: daysBefore(2),
      late: true,
    }),
  },
  withdrawn: {
    modelIn: (language): RequestModel => ({
      ...one(language),
      state: 'withdrawn',
      endedAt: exampleNow,
      takeBackAction: undefined,
    }),
    page: { notice: { kind: 'success', key: 'flash.request-withdrawn' } },
  },
  'form error': { modelIn: one, page: { formError: { code: 'request-not-open' } } },
})

const blank: NewRequestModel = {
  action: newHref,
  backHref,
  key: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
  right: '',
  words: '',
}

export const newRequestFixtures = fixturesOf(NewRequestView, {
  default: { model: blank },
  'field errors': {
    modelIn: (language) => ({ ...blank, words: words(language).repeat(20) }),
    page: {
      fieldErrors: [
        { field: 'right', code: 'request-right-missing' },
        { field: 'words', code: 'request-words-too-long' },
      ],
    },
  },
  'rate limited': {
    modelIn: (language) => ({ ...blank, right: 'erasure', words: words(language) }),
    page: { formError: { code: 'too-many-requests-opened' } },
  },
})

const notMine: NotMineModel = { right: 'portability', reference: 'SOL-7K4F-2M', receivedAt: exampleNow }

export const requestNotMineFixtures = fixturesOf(RequestNotMineView, { default: { model: notMine } })
export const requestDisownedFixtures = fixturesOf(RequestDisownedView, { default: { model: undefined } })
