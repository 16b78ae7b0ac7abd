import { type ProblemEntry, said, told } from './problem-entry.ts'

/** Touchpoints, terminals, and what acts told at them must bring along. */
export const ofPlaces: Readonly<Record<string, ProblemEntry>> = {
  'device-signature-refused': told(
    422,
    'The enrolled key of this terminal did not sign this act.',
    'Sign exactly what is sent, for our origin, with the key that was enrolled. A no is taken without.',
  ),
  'evidence-incomplete': told(
    422,
    'A yes is kept with what proves it, and part of that is missing.',
    'Look at `errors`: send each field that it names, such as the touchpoint. A no needs none of them.',
  ),
  'occurred-at-in-future': told(
    422,
    'The act lies ahead of the clock it was told by, so nobody knows when it was.',
    'Send `occurred_at` and `device_time` by one and the same clock. A no is taken all the same.',
  ),
  'occurred-at-too-old': told(
    422,
    'A yes lay for more than 30 days before it was told.',
    'Import it, with its source and its evidence.',
  ),
  'out-of-order': told(
    422,
    'The counter of the device was used, or passed over, by a later act.',
    'Send a queue in its order, each act with a counter of its own. A no is taken all the same.',
  ),
  'kiosk-code-wrong': told(
    422,
    'This code opens no visit at a kiosk: it is wrong, used or over, or the card has no code.',
    'Ask for a new one. What the reason was is told to nobody on a public screen.',
  ),
  'kiosk-token-refused': told(
    401,
    'This opens no visit at a kiosk: the token is over, used, not of this terminal, or came without proof of its key.',
    'Ask for a new code and let the customer say yes again.',
  ),
  'kiosk-visit-over': said(
    401,
    ['This visit at the kiosk is over.', 'Esta visita en el quiosco ha terminado.'],
    ['Begin again on the screen.', 'Empieza otra vez en la pantalla.'],
  ),
  'loyalty-card-invalid': told(422, 'This cannot be a card number.', 'Send its letters and digits, 6 to 32.'),
  'loyalty-card-none': said(
    404,
    ['There is no loyalty card on this account.', 'En esta cuenta no hay tarjeta.'],
    ['Ask for one on the page of the card.', 'Pídela en la página de la tarjeta.'],
  ),
  'loyalty-code-refused': told(
    422,
    'The code is not good here and now: it is older than 60 seconds, of another store, or was never made here.',
    'Let the customer show the code that is on their screen now.',
  ),
  'loyalty-code-used': told(
    409,
    'The code was shown before, and each is good once.',
    'Ask for the next one; it comes within half a minute. Repeat a request of yours with its own Idempotency-Key.',
  ),
  'loyalty-numbers-used-up': said(
    409,
    ['No free card number was found.', 'No se ha encontrado un número de tarjeta libre.'],
    ['Ask again.', 'Pídela otra vez.'],
  ),
  'look-up-unclear': told(
    422,
    'The request shows nothing, or more than one thing.',
    'Send `card`, or `code`, or `card` with `ref` and `one_time_code`.',
  ),
  'not-a-till': told(
    403,
    'The client is registered at no open place in an open store.',
    'Give its registration the `touchpoint` where it stands.',
  ),
  'till-code-wrong': told(
    422,
    'This is not the code that was sent, or it is used or over.',
    'Let the customer read it again, or send another.',
  ),
  'not-a-terminal': told(422, 'Only a terminal has a key of its own.', 'Name a touchpoint of that kind.'),
  'out-of-scope': said(
    403,
    ['Your role holds elsewhere, not at this place.', 'Tu rol vale en otro lugar, no en este.'],
    ['Ask somebody who is in charge here.', 'Pídelo a quien lleve este lugar.'],
  ),
  'terminal-code-wrong': told(
    422,
    'This code does not enrol a terminal: it is wrong, used or over, or the call came from elsewhere.',
    'Ask for a new code, and sign it with the key that is sent.',
  ),
  'touchpoint-closed': said(
    409,
    ['This touchpoint is closed for good.', 'Este punto de contacto está cerrado para siempre.'],
    ['Register another, with another code.', 'Crea otro, con otro código.'],
  ),
  'touchpoint-exists': told(
    409,
    'This code is in use, or was.',
    'Choose another: codes are never used again.',
  ),
  'touchpoint-invalid': told(
    422,
    'The touchpoint is not acceptable like this.',
    'Look at `errors`: codes are of [a-z0-9-], networks are CIDR ranges, countries have two letters.',
  ),
  'touchpoint-misplaced': told(
    422,
    'A touchpoint of this kind does not stand there.',
    'A brand stands by itself, a region in a brand, a store in either, a terminal in a store, a desk in any of them.',
  ),
}
