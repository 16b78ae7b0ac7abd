import { fixturesOf } from '../fixture.ts'
import { type PeopleModel, PeopleView } from './people.tsx'
import { underPeople } from './under-people.ts'

const asked = { person: 'ana@ejemplo.com', reason: 'Solicitud 2026-114', nobody: false }

export const staffPeopleFixtures = fixturesOf(
  PeopleView,
  underPeople<PeopleModel>({
    default: { model: { person: '', reason: '', nobody: false } },
    'nobody found': { model: { ...asked, nobody: true } },
    'opened by an address, without a reason yet': {
      model: { person: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11', reason: '', nobody: false },
    },
    'nothing filled in': {
      model: { person: '', reason: '', nobody: false },
      page: {
        fieldErrors: [
          { field: 'person', code: 'person-missing' },
          { field: 'reason', code: 'reason-missing' },
        ],
      },
    },
    'without a reason': {
      model: { ...asked, reason: '' },
      page: { fieldErrors: [{ field: 'reason', code: 'reason-missing' }] },
    },
  }),
)
