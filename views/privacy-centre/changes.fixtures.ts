import { exampleNotice, examplePurposes } from '../example-purposes.ts'
import { daysBefore, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type ChangesModel, ChangesView } from './changes.tsx'

const choices: ChangesModel['choices'] = [
  { name: 'last-visit', href: '/privacy/changes?since=last-visit', current: true },
  { name: 'month', href: '/privacy/changes?since=month', current: false },
  { name: 'year', href: '/privacy/changes?since=year', current: false },
]

const still = { dataAdded: [], dataRemoved: [], recipientsAdded: [], recipientsRemoved: [] }

function model(language: Language): ChangesModel {
  const es = language === 'es'
  const { before, now } = exampleNotice(language)
  const [offers, suggestions] = examplePurposes(language)
  return {
    since: daysBefore(52),
    choices,
    purposes: [
      {
        ...still,
        id: 'marketing-direct',
        title: offers?.title ?? '',
        kind: 'changed',
        difference: { before, after: now, versions: { before: '1.4.0', after: '2.1.0' } },
        dataAdded: [es ? 'Tu idioma' : 'Your language'],
        recipientsAdded: ['Envíos Cierzo, S.L.'],
        recipientsRemoved: ['Mensajería Poniente, S.A.'],
      },
      {
        ...still,
        id: 'personalisation',
        title: suggestions?.title ?? '',
        kind: 'new',
        text: { words: suggestions?.summary ?? '', language },
        dataAdded: [...(suggestions?.data ?? [])],
      },
      {
        ...still,
        id: 'panel',
        title: es ? 'Encuestas de otras empresas' : 'Surveys by other companies',
        kind: 'ended',
      },
    ],
    entries: [
      {
        id: 'e3',
        kind: 'refused',
        at: daysBefore(40),
        purpose: es ? 'sugerencias para ti' : 'suggestions for you',
        contactChannel: 'none',
        channel: 'kiosk',
        touchpoint: es ? 'Quiosco 3, Gran Vía (Madrid)' : 'Kiosk 3, Gran Vía (Madrid)',
        noticeVersion: '2.1.0',
        receiptHref: '/privacy/receipts/e3',
      },
    ],
  }
}

export const changesFixtures = fixturesOf(ChangesView, {
  default: { modelIn: model },
  empty: { model: { since: daysBefore(30), choices, purposes: [], entries: [] } },
  'a day of one’s own': {
    modelIn: (language) => ({ ...model(language), typed: '2026-10-01', choices: choices.slice(1) }),
  },
  'field error': {
    modelIn: (language) => ({ ...model(language), typed: '2027-10-01' }),
    page: { fieldErrors: [{ field: 'since', code: 'since-in-future' }] },
  },
})
