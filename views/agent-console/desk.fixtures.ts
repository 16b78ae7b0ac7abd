import { exampleNow, fixturesOf } from '../fixture.ts'
import { type DeskModel, DeskView } from './desk.tsx'
import { exampleHead, minutesAfter, underCalls } from './example-call.ts'

const blank: DeskModel = {
  calls: [],
  desks: [],
  typed: { ani: '', language: 'es', desk: '' },
  supervises: false,
}
const desks = [
  { id: 'puesto-12', name: 'Puesto 12' },
  { id: 'puesto-14', name: 'Puesto 14, Centro de atención de San Sebastián de los Reyes' },
]
const { href, reference } = exampleHead

export const deskFixtures = fixturesOf(
  DeskView,
  underCalls<DeskModel>({
    default: { model: blank },
    'two calls, one cut off': {
      model: {
        ...blank,
        supervises: true,
        calls: [
          { href, reference, openedAt: exampleNow, assurance: 'own-device' },
          {
            href: `${href}x`,
            reference: 'LL-9TWB3C',
            openedAt: exampleNow,
            assurance: 'number-match',
            resumableUntil: minutesAfter(5),
          },
        ],
      },
    },
    'cut off a moment ago': {
      model: blank,
      page: { notice: { kind: 'info', key: 'flash.calls.dropped' } },
    },
    'what was typed before the pause': {
      model: { ...blank, typed: { ...blank.typed, ani: '+34 612 345 678' } },
      page: { notice: { kind: 'info', key: 'flash.calls.typed-kept' } },
    },
    'a number that another site brought': {
      model: { ...blank, typed: { ...blank.typed, ani: '+34 612 345 678', call: 'pbx-20261122-000417' } },
      page: { notice: { kind: 'info', key: 'flash.calls.press-to-open' } },
    },
    'too many searches': { model: blank, page: { formError: { code: 'look-ups-exhausted' } } },
    'field errors': {
      model: { ...blank, desks, typed: { ani: '612', language: '', desk: '' } },
      page: {
        fieldErrors: [
          { field: 'ani', code: 'ani-invalid' },
          { field: 'language', code: 'choose-call-language' },
          { field: 'desk', code: 'choose-desk' },
        ],
      },
    },
  }),
)
