import { daysBefore, exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { exampleMenu } from './example-menu.ts'
import { type InboxRequestModel, InboxRequestView } from './request.tsx'
import { type InboxModel, InboxView } from './requests.tsx'

const page = { menu: exampleMenu('/dpo/requests') }

const filters: InboxModel['filters'] = [
  { urgency: 'all', count: 1_003, more: true, href: '/dpo/requests', current: true },
  { urgency: 'overdue', count: 1, more: false, href: '/dpo/requests?left=overdue', current: false },
  { urgency: 'soon', count: 2, more: false, href: '/dpo/requests?left=soon', current: false },
  { urgency: 'in-time', count: 1_000, more: true, href: '/dpo/requests?left=in-time', current: false },
]

const requests: InboxModel['requests'] = [
  {
    id: '1',
    href: '/dpo/requests/a/1',
    reference: 'SOL-B8WN-4C',
    right: 'erasure',
    person: 'a··@tiendanorte.example',
    channel: 'call-centre',
    identity: 'contact-point',
    due: daysBefore(1),
    days: -1,
    urgency: 'overdue',
  },
  {
    id: '2',
    href: '/dpo/requests/b/2',
    reference: 'SOL-QX3R-9T',
    right: 'automated-decision',
    person: undefined,
    channel: 'store',
    identity: 'none',
    due: exampleNow,
    days: 0,
    urgency: 'soon',
  },
  {
    id: '3',
    href: '/dpo/requests/c/3',
    reference: 'SOL-M4TK-7V',
    right: 'rectification',
    person: 'carmen·········@correo-de-una-persona-con-dominio-largo.example',
    channel: 'api',
    identity: 'signed-in',
    due: daysBefore(-5),
    days: 5,
    urgency: 'soon',
  },
  {
    id: '4',
    href: '/dpo/requests/d/4',
    reference: 'SOL-7K4F-2M',
    right: 'access',
    person: 'b··@correo.example',
    channel: 'web',
    identity: 'signed-in-strongly',
    due: daysBefore(-30),
    days: 30,
    urgency: 'in-time',
  },
]

export const inboxFixtures = fixturesOf(InboxView, {
  default: { model: { requests, filters, nextHref: '/dpo/requests?after=example' }, page },
  empty: {
    model: { requests: [], filters: filters.map((one) => ({ ...one, count: 0, more: false })) },
    page,
  },
})

const one = (language: Language): InboxRequestModel => ({
  reference: 'SOL-7K4F-2M',
  right: 'rectification',
  state: 'open',
  left: { due: daysBefore(-5), days: 5, urgency: 'soon' },
  dueIfExtended: daysBefore(-66),
  receivedAt: daysBefore(26),
  person: 'a··@correo.example',
  personHref: '/dpo/people?person=example',
  channel: 'call-centre',
  openedBy: 'staff',
  who: 'staff:0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
  touchpoint: language === 'es' ? 'Puesto 4, Zaragoza' : 'Desk 4, Zaragoza',
  call: 'LL-4F7K',
  identity: 'contact-point',
  words:
    language === 'es'
      ? 'Mi apellido está mal escrito en los tiques.\nEs Gómez, con tilde.'
      : 'My surname is misspelt on the receipts.\nIt is Gómez, with an accent.',
  activity: [
    { kind: 'email', at: daysBefore(26) },
    { kind: 'opened', at: daysBefore(26) },
    { kind: 'received', at: daysBefore(26) },
  ],
  backHref: '/dpo/requests',
})

export const inboxRequestFixtures = fixturesOf(InboxRequestView, {
  default: { modelIn: one, page },
  overdue: {
    modelIn: (language): InboxRequestModel => ({
      ...one(language),
      left: { due: daysBefore(12), days: -12, urgency: 'overdue' },
      openedBy: 'subject',
      channel: 'web',
      call: undefined,
      touchpoint: undefined,
      words: undefined,
      identity: 'signed-in-strongly',
    }),
    page,
  },
  'not mine': {
    modelIn: (language): InboxRequestModel => ({
      ...one(language),
      state: 'not-mine',
      left: undefined,
      activity: [{ kind: 'not-mine', at: exampleNow }, ...one(language).activity],
    }),
    page,
  },
})
