import { type ProblemEntry, said, told } from './problem-entry.ts'

const signInAgain = ['Start the sign-in again.', 'Empieza a entrar otra vez.'] as const

/** Accounts, credentials and what people declare about themselves. */
export const ofPeople: Readonly<Record<string, ProblemEntry>> = {
  'account-closed': said(
    403,
    ['This account cannot be used.', 'Esta cuenta no se puede usar.'],
    ['Ask us for help.', 'Pídenos ayuda.'],
  ),
  'attribute-unknown': told(422, 'There is no such attribute.', 'Use one of the catalogue.'),
  'identifier-taken': said(
    409,
    ['This address cannot be set on this account.', 'Esta dirección no se puede poner en esta cuenta.'],
    ['Use another one.', 'Usa otra.'],
  ),
  'interaction-expired': said(
    410,
    [
      'This sign-in has expired or was started in another browser.',
      'Este inicio ha caducado o empezó en otro navegador.',
    ],
    signInAgain,
  ),
  'sign-in-ended': said(
    410,
    ['This sign-in was ended or took too long.', 'Este inicio se cerró o tardó demasiado.'],
    signInAgain,
  ),
  'last-factor': said(
    403,
    ['It is the last way into your account.', 'Es la última forma de entrar en tu cuenta.'],
    ['Add another before you remove it.', 'Añade otra antes de quitarla.'],
  ),
  'link-confidence': told(422, 'The confidence is not a whole number of percent.', 'Send one from 0 to 100.'),
  'link-unknown': told(404, 'There is no such link between accounts.', 'Look at the links in force again.'),
  'linking-not-allowed': told(
    403,
    'You may not say which accounts are one person’s.',
    'Ask the data protection officer or an administrator.',
  ),
  'links-busy': told(503, 'These accounts are being linked or recorded for by somebody else.', 'Try again.'),
  'nothing-declared': said(
    422,
    ['Nothing was filled in.', 'No has rellenado nada.'],
    ['Fill in what you want to keep.', 'Rellena lo que quieras guardar.'],
  ),
  'passkey-known': said(
    409,
    ['This passkey is already in use.', 'Esta llave de acceso ya se usa.'],
    ['Use another one.', 'Usa otra.'],
  ),
  'passkey-name': said(
    422,
    ['The name is empty or too long.', 'El nombre está vacío o es demasiado largo.'],
    ['Choose another name.', 'Elige otro nombre.'],
  ),
  'passkey-not-found': said(
    404,
    ['This passkey is not here any more.', 'Esta llave de acceso ya no está.'],
    ['Look at the list again.', 'Mira la lista otra vez.'],
  ),
  'passkey-refused': said(
    403,
    ['The passkey could not be accepted.', 'No hemos podido aceptar la llave de acceso.'],
    ['Try again, or use another way.', 'Prueba otra vez o usa otra forma.'],
  ),
  'passkey-unknown': said(
    403,
    ['This passkey is not known here.', 'No conocemos esta llave de acceso.'],
    ['Use another way to sign in.', 'Usa otra forma de entrar.'],
  ),
  'push-browser-taken': said(
    409,
    [
      'Somebody turned notices on in this browser a moment ago.',
      'Alguien acaba de activar los avisos en este navegador.',
    ],
    ['Try again.', 'Inténtalo otra vez.'],
  ),
  'password-too-long': said(
    422,
    ['The password is too long.', 'La contraseña es demasiado larga.'],
    ['Choose a shorter one.', 'Elige una más corta.'],
  ),
  'subject-state': told(409, 'The account is in another state than this needs.', 'Look at its state first.'),
  unexpected: told(422, 'A field was sent that is not on the form.', 'Send the fields of the form alone.'),
  'value-not-editable': said(
    404,
    ['There is no such value to change.', 'No hay ningún dato así que cambiar.'],
    ['Look at your data again.', 'Mira tus datos otra vez.'],
  ),
  'value-too-long': said(
    422,
    ['The answers are too long together.', 'Las respuestas son demasiado largas.'],
    ['Write less.', 'Escribe menos.'],
  ),
}
