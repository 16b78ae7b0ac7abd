import { fixturesOf } from '../fixture.ts'
import { exampleHead, underCalls } from './example-call.ts'
import { type CandidateModel, type FindCallerModel, FindCallerView } from './find-caller.tsx'

const ana: CandidateModel = {
  key: 'Zk3',
  name: 'A··· G···',
  email: 'a•••@e•••.com',
  phone: '+34 •••••• 22',
  foundBy: 'phone',
}
const head = { ...exampleHead, assurance: 'number-match' as const }
const one: FindCallerModel = {
  head,
  candidates: [ana],
  nobody: false,
  sought: '',
  chosen: '',
  reason: '',
  words: '',
}

export const findCallerFixtures = fixturesOf(
  FindCallerView,
  underCalls<FindCallerModel>({
    default: { model: one },
    'several with one number': {
      model: {
        ...one,
        candidates: [
          ana,
          { key: 'Qm8', name: 'B··· G··· de la T···', email: 'b•••@c•••.example', foundBy: 'phone' },
          { key: 'Tn2', name: '', email: 'c•••@e•••.com', foundBy: 'loyalty-card' },
        ],
      },
    },
    'number not shown': { model: { ...one, head: exampleHead, candidates: [] } },
    'nobody found': {
      model: { ...one, head: exampleHead, candidates: [], nobody: true, sought: 'nadie@ejemplo.com' },
    },
    'field errors': {
      model: { ...one, chosen: '', reason: 'other' },
      page: {
        fieldErrors: [
          { field: 'candidate', code: 'choose-candidate' },
          { field: 'words', code: 'reason-words-missing' },
        ],
      },
    },
    'nothing to search by': {
      model: one,
      page: { fieldErrors: [{ field: 'identifier', code: 'identifier-missing' }] },
    },
    'too many searches': { model: one, page: { formError: { code: 'look-ups-exhausted' } } },
    'a call in English': { model: { ...one, head: { ...head, language: 'en' } } },
  }),
)
