import { type ProblemEntry, said, told } from './problem-entry.ts'

const openAgain = ['Open the page again and repeat it.', 'Abre la página otra vez y repítelo.'] as const
const later = ['Try again in a moment.', 'Prueba otra vez en un momento.'] as const
const repeat = 'Send the same request again, with the same Idempotency-Key.'

/** What goes wrong with a request as such, whatever it asks for. */
export const ofRequests: Readonly<Record<string, ProblemEntry>> = {
  'bad-request': told(400, 'The request could not be read.', 'Check that it is well-formed HTTP.'),
  'bad-escape': told(
    400,
    'The address has an escape that stands for no character.',
    'Encode the address as UTF-8.',
  ),
  'bad-target': told(
    400,
    'The address is not a path that begins with one slash.',
    'Ask for a path of this server.',
  ),
  'too-many-parameters': told(
    400,
    'The address has too many parameters.',
    'Send fewer, or put them into the body.',
  ),
  'body-interrupted': told(400, 'The body ended before it was complete.', repeat),
  'body-not-a-form': told(
    400,
    'The form has an escape that stands for no character.',
    'Encode the form as UTF-8.',
  ),
  'body-not-json': told(400, 'The body is not a JSON object or array.', 'Send valid JSON.'),
  'body-not-text': told(
    400,
    'The body has characters or names that no text has.',
    'Remove NUL, half surrogate pairs and __proto__.',
  ),
  'body-not-utf8': told(400, 'The body is not UTF-8 text.', 'Encode it as UTF-8.'),
  'body-too-deep': told(
    422,
    'The body is nested too deeply.',
    'Send it flatter; no operation needs that depth.',
  ),
  'body-too-large': told(413, 'The body is longer than this address takes.', 'Send less at once.'),
  'too-many-fields': told(400, 'The form has too many fields.', 'Send fewer.'),
  'wrong-charset': told(415, 'The body is not declared as UTF-8.', 'Send it in UTF-8.'),
  'wrong-content-encoding': told(415, 'The body is compressed.', 'Send it uncompressed.'),
  'wrong-content-type': told(
    415,
    'The body has another type than this address takes.',
    'Send the type that the detail names.',
  ),
  'invalid-input': told(
    422,
    'Something that was sent is not acceptable.',
    'Look at `errors`: each has a pointer and a code.',
  ),
  'idempotency-key-missing': told(
    422,
    'An act needs a key that tells it from its repetitions.',
    'Send an Idempotency-Key of 8 to 128 visible characters, new for each act.',
  ),
  'idempotency-key-reused': told(
    422,
    'This key was used for another request.',
    'Use a new key for a new act.',
  ),
  'request-in-flight': told(
    409,
    'A request with this key is still being handled.',
    'Wait a moment and send it again.',
  ),
  'outcome-unknown': told(503, 'It is not known whether this was saved.', repeat),
  'method-not-allowed': told(405, 'This address is not asked in this way.', 'See `Allow`.'),
  'page-not-found': said(
    404,
    ['There is nothing under this address.', 'No hay nada en esta dirección.'],
    [
      'Check the address; an old link may be out of date.',
      'Revisa la dirección; puede ser un enlace antiguo.',
    ],
  ),
  'cookie-missing': said(
    403,
    ['The browser did not send our cookie.', 'El navegador no envió nuestra cookie.'],
    ['Allow cookies for this site and try again.', 'Permite las cookies de este sitio y repítelo.'],
  ),
  'cross-site-request': said(
    403,
    ['This did not come from our own pages.', 'Esto no vino de nuestras páginas.'],
    openAgain,
  ),
  'form-expired': said(
    403,
    ['The page was open for too long.', 'La página llevaba demasiado tiempo abierta.'],
    openAgain,
  ),
  'token-needed': told(
    401,
    'There is no valid access token.',
    'Get one with the client credentials grant and send it as a bearer token. Tokens bound to a key are not taken here.',
  ),
  'scope-missing': told(
    403,
    'The token lacks the scope of this operation.',
    'Ask for the scope when you get the token.',
  ),
  'sign-in-needed': said(
    401,
    ['This page is for people who signed in.', 'Esta página es para quien ha entrado.'],
    ['Sign in.', 'Entra en tu cuenta.'],
  ),
  'sign-in-too-old': said(
    401,
    ['It has been a while since you signed in.', 'Ha pasado un rato desde que entraste.'],
    ['Confirm that it is still you.', 'Confirma que sigues siendo tú.'],
  ),
  'staff-session-idle': said(
    401,
    ['Nobody was at this session for five minutes.', 'Nadie ha estado en esta sesión durante cinco minutos.'],
    ['Confirm with your passkey.', 'Confirma con tu llave de acceso.'],
  ),
  'step-up-needed': said(
    401,
    ['This needs a stronger proof that it is you.', 'Esto pide una prueba más fuerte de que eres tú.'],
    ['Use a passkey.', 'Usa una llave de acceso (passkey).'],
  ),
  'too-many-attempts': said(
    429,
    ['There were too many tries.', 'Ha habido demasiados intentos.'],
    ['Wait as long as `Retry-After` says.', 'Espera un rato y vuelve a probar.'],
  ),
  busy: said(429, ['Many people are here at once.', 'Hay mucha gente a la vez.'], later),
  internal: said(
    500,
    ['Something failed on our side.', 'Algo ha fallado por nuestra parte.'],
    [
      'Try again; if it stays so, tell us the reference.',
      'Prueba otra vez; si sigue igual, dinos la referencia.',
    ],
  ),
  closing: told(503, 'This process is ending.', repeat),
  'shutting-down': told(503, 'This process is ending.', repeat),
  'database-busy': told(503, 'The database takes too long at the moment.', repeat),
  'database-full': told(
    503,
    'The database cannot store anything at the moment.',
    'Nothing was saved; repeat it later.',
  ),
  'database-unavailable': told(503, 'The database cannot be reached.', repeat),
  'write-queue-full': told(503, 'Too much is waiting to be written.', repeat),
  'worker-failed': told(503, 'A piece of work could not be done.', repeat),
  'worker-lost': told(503, 'A piece of work was interrupted.', repeat),
  'egress-address-refused': told(
    403,
    'An address named by somebody leads into a private network.',
    'Name a host on the public internet, or let the operator allow it.',
  ),
  'egress-url-refused': told(
    403,
    'An address is not one that is fetched.',
    'Name an https address without credentials.',
  ),
  'egress-failed': told(503, 'Another host could not be reached.', 'Check the address, and try again.'),
  'egress-redirected': told(
    503,
    'Another host answered with a redirect, which is not followed.',
    'Name the final address.',
  ),
  'egress-timeout': told(503, 'Another host did not answer in time.', 'Try again.'),
  'egress-too-large': told(503, 'Another host answered with too much.', 'Serve a smaller document.'),
  'mail-address': told(422, 'This is not an address that mail is sent to.', 'Check the address.'),
  'mail-header': told(422, 'A header of a message is not acceptable.', 'Report it: a template is wrong.'),
  'mail-not-sent': told(503, 'The message could not be handed over.', 'Try again; see `placet doctor`.'),
  'sms-number': told(422, 'This is not a number that messages are sent to.', 'Check the number.'),
  'sms-country': told(403, 'No text messages are sent to this country.', 'Use another contact channel.'),
  'sms-not-sent': told(
    503,
    'The text message could not be handed over.',
    'Try again, or reach the person in another way.',
  ),
  'signature-refused': told(
    401,
    'A signed document is not acceptable.',
    'Check who signed it, with which key, and for whom.',
  ),
  'timestamp-refused': told(
    503,
    'The time authority did not give a time stamp that can be accepted.',
    'Nothing is lost: the next checkpoint is stamped again.',
  ),
  'exclusion-list-refused': told(
    403,
    'A public exclusion list did not take the question.',
    'Look at the contact points it was asked about.',
  ),
  'exclusion-list-unanswered': told(
    503,
    'A public exclusion list could not be consulted.',
    'Nobody is contacted on an answer there is not; try again.',
  ),
}
