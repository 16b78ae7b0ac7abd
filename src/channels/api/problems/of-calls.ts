import { type ProblemEntry, said, told } from './problem-entry.ts'

/** Calls that our agents take, and what a telephony system tells of them. */
export const ofCalls: Readonly<Record<string, ProblemEntry>> = {
  'agent-unknown': told(
    422,
    'Nobody who may verify callers at this place has this id.',
    'Send the id of an active agent, and a desk that lies within their role.',
  ),
  'call-back-not-planned': said(
    422,
    ['No registered number was chosen to be rung.', 'No se ha elegido ningún número registrado.'],
    ['Choose the number first.', 'Elige antes el número.'],
  ),
  'call-dropped': said(
    409,
    ['The line was lost.', 'Se ha cortado la llamada.'],
    ['Take the call up again first.', 'Retoma antes la llamada.'],
  ),
  'call-ended': said(
    410,
    ['This call is over, and with it every verification in it.', 'Esta llamada ha terminado.'],
    ['Open another call.', 'Abre otra llamada.'],
  ),
  'call-id-taken': told(
    409,
    'Another telephony system announced a call by this id to the same agent.',
    'Send an id that no other system of the house uses, such as one with your own prefix.',
  ),
  'call-reference-taken': told(503, 'No free reference was drawn for the call.', 'Send it again.'),
  'call-requests-unavailable': told(
    503,
    'This house takes no requests on the telephone.',
    'Lead the caller to the privacy centre.',
  ),
  'call-unknown': said(
    404,
    ['You have no such call.', 'No tienes ninguna llamada así.'],
    ['Look at your calls again.', 'Mira tus llamadas otra vez.'],
  ),
  'caller-blocked': said(
    403,
    [
      'This account is in a state in which this is not done on the telephone.',
      'La cuenta está en un estado en el que esto no se hace por teléfono.',
    ],
    ['Open a request for the caller instead.', 'Abre una solicitud en su nombre.'],
  ),
  'caller-not-active': said(
    403,
    [
      'Nothing can be done for this account on the telephone.',
      'Por teléfono no se puede hacer nada con esta cuenta.',
    ],
    ['Lead the caller to the sign-in page.', 'Dile que entre en su cuenta.'],
  ),
  'caller-not-chosen': said(
    409,
    ['Nobody was chosen in this call yet.', 'Todavía no se ha elegido a nadie en esta llamada.'],
    ['Choose who is calling, with the reason.', 'Elige quién llama, y di el motivo.'],
  ),
  'caller-not-verified': said(
    403,
    ['The caller was not verified well enough.', 'No está comprobado quién llama.'],
    ['Verify who is calling first.', 'Comprueba antes quién llama.'],
  ),
  'candidate-unknown': said(
    404,
    ['Nobody in this call was found by this name.', 'En esta llamada no se ha encontrado a nadie así.'],
    ['Search again.', 'Busca otra vez.'],
  ),
  'checks-stopped': said(
    403,
    ['Two checks failed. Nobody is verified in this call any more.', 'Han fallado dos comprobaciones.'],
    ['Say so, and end the call.', 'Díselo, y termina la llamada.'],
  ),
  'contact-point-takes-no-code': said(
    422,
    ['No code can be sent there.', 'Ahí no se puede enviar un código.'],
    ['Ring the number instead.', 'Llama tú a ese número.'],
  ),
  'contact-point-unknown': said(
    404,
    [
      'This is no verified contact point of whoever was chosen.',
      'No es un contacto comprobado de esa persona.',
    ],
    ['Choose one of the list.', 'Elige uno de la lista.'],
  ),
  'field-locked': said(
    403,
    [
      'This needs a better verification, or is not shown on the telephone.',
      'Hace falta comprobar mejor quién llama, o ese dato no se ve por teléfono.',
    ],
    [
      'Verify better, or lead the caller to their own pages.',
      'Comprueba mejor, o dile que lo mire en su cuenta.',
    ],
  ),
  'field-unknown': told(404, 'There is no such field.', 'Choose one of the list.'),
  'not-a-client': told(403, 'Only a telephony system announces calls.', 'Send the token of one.'),
  'own-device-unavailable': told(
    503,
    'This house asks nobody on their own device.',
    'Send a code, or ring the registered number.',
  ),
  'reason-words-missing': said(
    422,
    ['This reason needs words.', 'Este motivo hay que decirlo con palabras.'],
    ['Say why you need to see it.', 'Di por qué necesitas verlo.'],
  ),
  'resume-too-late': said(
    409,
    ['This call can be taken up no more.', 'Esta llamada ya no se puede retomar.'],
    ['Open another call.', 'Abre otra llamada.'],
  ),
  'second-call-missing': said(
    422,
    [
      'The call in which the number answered has no reference, or the one of this call.',
      'Falta la referencia de la segunda llamada.',
    ],
    ['Give the reference of the second call.', 'Escribe la referencia de la segunda llamada.'],
  ),
  'second-call-used': said(
    409,
    ['This second call verified somebody before.', 'Con esa segunda llamada ya se comprobó a alguien.'],
    ['Ring the number in a call of its own.', 'Llama otra vez al número, en otra llamada.'],
  ),
}
