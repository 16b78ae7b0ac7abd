import type { Words } from '../../examples/sample/language.ts'

/** Where a task leads. */
export type Place =
  | 'shop'
  | 'shopCreate'
  | 'outbox'
  | 'newsletter'
  | 'permissions'
  | 'recipients'
  | 'app'
  | 'staff'

export interface Task {
  readonly title: string
  readonly text: string
  /** First the main thing to press, then what else helps. */
  readonly go: readonly (readonly [place: Place, words: string])[]
}

export interface TourWords {
  readonly tour: string
  readonly outbox: string
  readonly title: string
  readonly lead: string
  readonly tasks: readonly [Task, Task, Task, Task, Task, Task, Task]
  readonly lastCode: (to: string) => string
  readonly subscribers: (count: number) => string
  readonly appSignedIn: (name: string) => string
  readonly people: string
  readonly peopleLead: string
  readonly password: string
  readonly signInAs: (name: string) => string
  readonly outboxLead: string
  readonly outboxEmpty: string
  readonly outboxLive: string
  readonly outboxPause: string
  readonly outboxResume: string
  readonly to: string
  readonly at: string
}

export const tourWords: Words<TourWords> = {
  es: {
    tour: 'Recorrido',
    outbox: 'Buzón de salida',
    title: 'Un paseo por Placet',
    lead: 'Todo está en esta máquina: el proveedor de identidad y su PostgreSQL, una tienda, una app, un sistema de envíos y un servidor de correo. Siete cosas que probar, en orden o como quieras.',
    tasks: [
      {
        title: 'Crea una cuenta con llave de acceso',
        text: 'Vale cualquier dirección: los mensajes no salen de aquí. El código llega al buzón de salida.',
        go: [
          ['shopCreate', 'Crear cuenta en la tienda'],
          ['outbox', 'Abrir el buzón de salida'],
        ],
      },
      {
        title: 'Contesta con libertad',
        text: 'Al crear la cuenta te preguntan para qué se pueden usar tus datos. Di que sí a unas cosas y que no a otras, o a todo que no con un solo clic: entras igual.',
        go: [['shop', 'Abrir la tienda']],
      },
      {
        title: 'Mira qué sabe el sistema de envíos',
        text: 'Correo Norte trabaja para la tienda. Conecta tu cuenta: ve tu correo y tu nombre solo si dijiste que sí a las ofertas por correo electrónico.',
        go: [['newsletter', 'Abrir Correo Norte']],
      },
      {
        title: 'Retira el permiso',
        text: 'Cambia tu respuesta en Permisos y vuelve a preguntar en Correo Norte: en el mismo segundo ya no ve nada. Te quedas con un justificante firmado.',
        go: [
          ['permissions', 'Abrir mis permisos'],
          ['newsletter', 'Preguntar en Correo Norte'],
        ],
      },
      {
        title: 'Comprueba quién ha recibido tus datos',
        text: 'Cada entrega queda apuntada: a quién, qué dato, para qué y por qué se podía.',
        go: [['recipients', 'Ver quién los recibió']],
      },
      {
        title: 'Entra en la app',
        text: 'La misma cuenta en una aplicación nativa, con credenciales atadas a una clave del dispositivo. Si ya has entrado en la tienda, no te pregunta nada.',
        go: [['app', 'Abrir la app']],
      },
      {
        title: 'Trabaja aquí',
        text: 'Date de alta como Marta Rey, delegada de protección de datos. El personal entra solo con llave de acceso.',
        go: [['staff', 'Empezar el alta']],
      },
    ],
    lastCode: (to) => `Último código, para ${to}:`,
    subscribers: (count) => (count === 1 ? '1 cuenta conectada' : `${count} cuentas conectadas`),
    appSignedIn: (name) => `La app ha entrado como ${name}`,
    people: 'Clientes de antes',
    peopleLead: 'Sé una de estas personas: en la página de entrada tienen un botón cada una.',
    password: 'Contraseña:',
    signInAs: (name) => `Entrar como ${name}`,
    outboxLead:
      'Cada mensaje que ha enviado Placet, tal como lo recibió un servidor de correo de verdad. Lo último, primero.',
    outboxEmpty: 'Aún no se ha enviado nada.',
    outboxLive: 'Esta página se lee sola cada cinco segundos.',
    outboxPause: 'Pararla',
    outboxResume: 'Leerla sola cada cinco segundos',
    to: 'Para',
    at: 'a las',
  },
  en: {
    tour: 'Tour',
    outbox: 'Outbox',
    title: 'A walk through Placet',
    lead: 'Everything is on this machine: the identity provider and its PostgreSQL, a shop, an app, a mailing system and a mail server. Seven things to try, in order or as you like.',
    tasks: [
      {
        title: 'Create an account with a passkey',
        text: 'Any address will do: no message leaves this machine. The code arrives in the outbox.',
        go: [
          ['shopCreate', 'Create an account in the shop'],
          ['outbox', 'Open the outbox'],
        ],
      },
      {
        title: 'Answer freely',
        text: 'With the account come questions about what your data may be used for. Say yes to some and no to others, or no to everything with a single click: you are signed in either way.',
        go: [['shop', 'Open the shop']],
      },
      {
        title: 'See what the mailing system knows',
        text: 'Correo Norte works for the shop. Connect your account: it sees your address and first name only if you agreed to offers by e-mail.',
        go: [['newsletter', 'Open Correo Norte']],
      },
      {
        title: 'Withdraw',
        text: 'Change your answer under Permissions and ask again in Correo Norte: in the same second it sees nothing. You keep a signed receipt.',
        go: [
          ['permissions', 'Open my permissions'],
          ['newsletter', 'Ask in Correo Norte'],
        ],
      },
      {
        title: 'Check who received your data',
        text: 'Every release is on record: to whom, which data, what for, and on what ground.',
        go: [['recipients', 'See who received it']],
      },
      {
        title: 'Sign in to the app',
        text: 'The same account in a native application, with tokens bound to a key of the device. If you are signed in to the shop, it asks you nothing.',
        go: [['app', 'Open the app']],
      },
      {
        title: 'Work here',
        text: 'Enrol as Marta Rey, data protection officer. Staff sign in with a passkey and nothing else.',
        go: [['staff', 'Start the enrolment']],
      },
    ],
    lastCode: (to) => `Last code, for ${to}:`,
    subscribers: (count) => (count === 1 ? '1 account connected' : `${count} accounts connected`),
    appSignedIn: (name) => `The app is signed in as ${name}`,
    people: 'People who are customers already',
    peopleLead: 'Be one of them: each has a button on the sign-in page.',
    password: 'Password:',
    signInAs: (name) => `Sign in as ${name}`,
    outboxLead: 'Every message Placet has sent, as a real mail server received it. Newest first.',
    outboxEmpty: 'Nothing has been sent yet.',
    outboxLive: 'This page reads itself anew every five seconds.',
    outboxPause: 'Stop that',
    outboxResume: 'Read it anew every five seconds',
    to: 'To',
    at: 'at',
  },
}
