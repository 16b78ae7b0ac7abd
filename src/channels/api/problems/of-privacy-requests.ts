import { type ProblemEntry, said, told } from './problem-entry.ts'

/** What people ask of us, and whoever brings it. */
export const ofPrivacyRequests: Readonly<Record<string, ProblemEntry>> = {
  'received-at-in-future': told(
    422,
    'The request would have been received in a time to come.',
    'Send when the controller, or whoever works for it, received it.',
  ),
  'received-at-too-old': told(
    422,
    'The request was received more than 100 days ago, when even an extended answer would be late.',
    'Look at the day again; if it is right, bring it to the data protection officer.',
  ),
  'request-call-missing': told(
    422,
    'What was asked for in a call is kept with the reference of the call.',
    'Send the reference.',
  ),
  'request-key-reused': told(
    409,
    'Another request was opened under this key.',
    'Send a fresh key with each request.',
  ),
  'request-not-open': said(
    409,
    ['This request is not open any more.', 'Esta solicitud ya no está abierta.'],
    ['Look at your requests again.', 'Mira tus solicitudes otra vez.'],
  ),
  'request-not-yours': told(
    403,
    'A request is opened by the person, or for them by staff or a system, and taken back by the person alone.',
    'Ask the person.',
  ),
  'request-unknown': said(
    404,
    ['There is no such request.', 'No hay ninguna solicitud así.'],
    ['Look at your requests again.', 'Mira tus solicitudes otra vez.'],
  ),
  'request-words-too-long': said(
    422,
    ['The words are longer than we take.', 'El texto es más largo de lo que admitimos.'],
    ['Say it in 2000 characters.', 'Escríbelo en 2000 caracteres.'],
  ),
}
