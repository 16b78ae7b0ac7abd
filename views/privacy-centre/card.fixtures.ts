import { encode } from 'uqr'
import { fixturesOf } from '../fixture.ts'
import { type CardModel, CardView } from './card.tsx'

const { data, size } = encode(
  'PLC150ZBXHQB01NG5DQ068WK2CHK6GTKCDSR74R3DHZ81TDFWC90PR1RP0478091DYK4DY9SWP0D436DB053RYBE5QA9W8ZMBW0D3CW1YD0M0725W1J7X0TMXNJ76MJ24G8038MS7Q811W50',
  { ecc: 'M', border: 4 },
)
const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')

const card = {
  number: '2912 3456 7890 6',
  qr: { size, path },
  codeHref: '/privacy/card/code',
  href: '/privacy/card',
}

export const cardFixtures = fixturesOf(CardView, {
  default: { model: { card } },
  'in one store': {
    model: {
      card: {
        ...card,
        store: 'Gran Vía',
        codeHref: '/privacy/card/code?store=gran-via',
        href: '/privacy/card?store=gran-via',
      },
    },
  },
  'no card yet': { model: {} satisfies CardModel },
  'just issued': {
    model: { card },
    page: { notice: { kind: 'success', key: 'card.issued' } },
  },
})
