import { fixturesOf } from '../fixture.ts'
import { exampleHead, underCalls } from './example-call.ts'
import { type VerifyCallerModel, VerifyCallerView } from './verify-caller.tsx'

const mail = { key: 'm1', shown: 'a•••@e•••.com' }
const phone = { key: 'p1', shown: '+34 •••••• 22' }
const fresh: VerifyCallerModel = {
  head: { ...exampleHead, assurance: 'number-match' },
  name: 'A··· G···',
  failedChecks: 0,
  mayRequest: true,
  ownDevice: { state: 'offered' },
  code: { state: 'offered', to: [phone, mail], chosen: '' },
  callBack: { state: 'offered', numbers: [phone], chosen: '', secondCall: '' },
}

export const verifyCallerFixtures = fixturesOf(
  VerifyCallerView,
  underCalls<VerifyCallerModel>({
    default: { model: fresh },
    'a code was sent': {
      model: { ...fresh, code: { ...fresh.code, state: 'begun', chosen: 'p1' } },
    },
    'the code was wrong': {
      model: {
        ...fresh,
        failedChecks: 1,
        code: { ...fresh.code, state: 'begun', chosen: 'p1' },
      },
      page: { fieldErrors: [{ field: 'code', code: 'caller-code-wrong' }] },
    },
    'no answer on the own device': {
      model: { ...fresh, ownDevice: { state: 'missed', missedBecause: 'expired' } },
    },
    'declined on the own device': {
      model: { ...fresh, failedChecks: 1, ownDevice: { state: 'missed', missedBecause: 'declined' } },
    },
    'asked on the own device': { model: { ...fresh, ownDevice: { state: 'begun' } } },
    'calling back': {
      model: {
        ...fresh,
        callBack: { ...fresh.callBack, state: 'begun', chosen: 'p1', dial: '+34 612 345 622' },
      },
    },
    'called back, without the second call': {
      model: { ...fresh, callBack: { ...fresh.callBack, state: 'begun', chosen: 'p1' } },
      page: { fieldErrors: [{ field: 'second_call', code: 'second-call-missing' }] },
    },
    'nothing but a landline': {
      model: {
        ...fresh,
        ownDevice: { state: 'absent' },
        code: { state: 'absent', to: [], chosen: '' },
      },
    },
    'nothing at all': {
      model: {
        ...fresh,
        ownDevice: { state: 'absent' },
        code: { state: 'absent', to: [], chosen: '' },
        callBack: { state: 'absent', numbers: [], chosen: '', secondCall: '' },
      },
    },
    'a minor': { model: { ...fresh, head: { ...fresh.head, banners: ['minor'] } } },
    'no contact chosen': {
      model: fresh,
      page: { fieldErrors: [{ field: 'code_to', code: 'choose-contact' }] },
    },
  }),
)
