import type { Words } from '../../examples/sample/language.ts'

/** Where a task leads. */
export type Place =
  | 'shopCreate'
  | 'outbox'
  | 'newsletter'
  | 'permissions'
  | 'recipients'
  | 'app'
  | 'kiosk'
  | 'phone'
  | 'call'
  | 'ivan'
  | 'till'
  | 'card'
  | 'marta'
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
  readonly rings: (name: string) => string
  readonly telephone: string
  readonly card: string
  readonly staff: string
  readonly staffLead: string
  readonly work: Readonly<Record<string, string>>
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
    lead: 'Todo está en esta máquina: el proveedor de identidad y su PostgreSQL, una tienda con su app, su caja y sus quioscos, una centralita, un sistema de envíos y un servidor de correo. Siete cosas que probar, en orden o como quieras.',
    tasks: [
      {
        title: 'Crea una cuenta y contesta con libertad',
        text: 'Vale cualquier dirección: los mensajes no salen de aquí y el código llega al buzón de salida. Después te preguntan para qué se pueden usar tus datos. Di que sí a unas cosas y que no a otras, o a todo que no con un solo clic: entras igual.',
        go: [
          ['shopCreate', 'Crear cuenta en la tienda'],
          ['outbox', 'Abrir el buzón de salida'],
        ],
      },
      {
        title: 'Mira qué sabe el sistema de envíos, y quítaselo',
        text: 'Conecta tu cuenta a Correo Norte: ve tu correo y tu nombre solo si dijiste que sí a las ofertas por correo. Cambia tu respuesta en Permisos y pregunta otra vez: en el mismo segundo ya no ve nada. Cada entrega queda apuntada.',
        go: [
          ['newsletter', 'Abrir Correo Norte'],
          ['permissions', 'Abrir mis permisos'],
          ['recipients', 'Ver quién los recibió'],
        ],
      },
      {
        title: 'Entra en la app',
        text: 'La misma cuenta en una aplicación nativa, con credenciales atadas a una clave del dispositivo. Si ya has entrado en la tienda, no te pregunta nada.',
        go: [['app', 'Abrir la app']],
      },
      {
        title: 'Usa el quiosco con tu móvil',
        text: 'Con dos ventanas. La primera es el Quiosco 3 de la tienda: dalo de alta, ábrelo y toca tu idioma. La segunda, mejor privada, es tu móvil: abre la página del móvil, escribe el código del quiosco, entra como Ana y elige el número que ves en él. Al salir, el quiosco no recuerda nada.',
        go: [
          ['kiosk', 'Abrir el Quiosco 3'],
          ['phone', 'Abrir la página del móvil'],
        ],
      },
      {
        title: 'Llama por teléfono',
        text: 'Ana llama, y a Lucía se le abre la llamada. Que coincida el número no demuestra nada: Lucía manda un código, que llega al buzón de salida, y Ana se lo lee. Lucía lee los textos y apunta lo que Ana contesta; un sí no cuenta hasta que Ana lo confirma en su mensaje.',
        go: [
          ['call', 'Llama Ana'],
          ['outbox', 'Ver lo que le llega'],
        ],
      },
      {
        title: 'Ven a la tienda',
        text: 'Iván da de alta a quien quiera con su correo y nada más: lo demás lo contesta cada persona en su móvil, desde el mensaje que le llega al buzón de salida. En la caja se ve más o menos según lo seguro que se está de quién es, y con la tarjeta sola ni siquiera un nombre.',
        go: [
          ['ivan', 'Atender como Iván'],
          ['till', 'Abrir la caja'],
          ['card', 'Abrir mi tarjeta'],
        ],
      },
      {
        title: 'Responde de todo ello',
        text: 'Marta Rey protege los datos: cambia finalidades, prueba consentimientos, ve qué solicitudes vencen y mira las llamadas de ahora. El personal entra solo con llave de acceso; aquí, también con un clic.',
        go: [
          ['marta', 'Trabajar como Marta'],
          ['staff', 'Darme de alta con llave de acceso'],
        ],
      },
    ],
    lastCode: (to) => `Último código, para ${to}:`,
    subscribers: (count) => (count === 1 ? '1 cuenta conectada' : `${count} cuentas conectadas`),
    appSignedIn: (name) => `La app ha entrado como ${name}`,
    people: 'Clientes de antes',
    peopleLead: 'Sé una de estas personas: en la página de entrada tienen un botón cada una.',
    password: 'Contraseña:',
    signInAs: (name) => `Entrar como ${name}`,
    rings: (name) => `Llama ${name}`,
    telephone: 'Teléfono:',
    card: 'Tarjeta:',
    staff: 'Quién trabaja aquí',
    staffLead:
      'Un clic y eres una de estas personas, con lo que puede hacer y nada más. Si una página se cierra sola tras un rato, vuelve a entrar desde aquí.',
    work: {
      marta: 'Delegada de protección de datos. Mira las llamadas y no atiende ninguna.',
      lucia: 'Atención telefónica, en el puesto 4. Comprueba quién llama antes de ver nada.',
      ivan: 'Dependiente de la Tienda Gran Vía. Da de alta a clientes y ayuda en los quioscos.',
      sofia: 'Encargada de la Tienda Gran Vía. Da de alta quioscos y a su personal.',
    },
    outboxLead:
      'Cada mensaje que ha enviado Placet, tal como lo recibió un servidor de correo de verdad. Los SMS llegan aquí también, a la dirección de su número. Lo último, primero.',
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
    lead: 'Everything is on this machine: the identity provider and its PostgreSQL, a shop with its app, its till and its kiosks, a telephone exchange, a mailing system and a mail server. Seven things to try, in order or as you like.',
    tasks: [
      {
        title: 'Create an account and answer freely',
        text: 'Any address will do: no message leaves this machine, and the code arrives in the outbox. Then come questions about what your data may be used for. Say yes to some and no to others, or no to everything with a single click: you are signed in either way.',
        go: [
          ['shopCreate', 'Create an account in the shop'],
          ['outbox', 'Open the outbox'],
        ],
      },
      {
        title: 'See what the mailing system knows, and take it away',
        text: 'Connect your account to Correo Norte: it sees your address and first name only if you agreed to offers by e-mail. Change your answer under Permissions and ask again: in the same second it sees nothing. Every release is on record.',
        go: [
          ['newsletter', 'Open Correo Norte'],
          ['permissions', 'Open my permissions'],
          ['recipients', 'See who received it'],
        ],
      },
      {
        title: 'Sign in to the app',
        text: 'The same account in a native application, with tokens bound to a key of the device. If you are signed in to the shop, it asks you nothing.',
        go: [['app', 'Open the app']],
      },
      {
        title: 'Use the kiosk with your phone',
        text: 'With two windows. The first is the shop’s kiosk, Quiosco 3: bring it into service, open it and touch your language. The second, best a private one, is your phone: open the phone’s page, type the code of the kiosk, sign in as Ana and choose the number you see on it. When you leave, the kiosk remembers nothing.',
        go: [
          ['kiosk', 'Open Quiosco 3'],
          ['phone', 'Open the phone’s page'],
        ],
      },
      {
        title: 'Make a telephone call',
        text: 'Ana rings, and the call opens on Lucía’s screen. That the number matches proves nothing: Lucía sends a code, which arrives in the outbox, and Ana reads it out. Lucía reads the texts and notes what Ana answers; a yes does not count until Ana confirms it in her message.',
        go: [
          ['call', 'Ana rings'],
          ['outbox', 'See what reaches her'],
        ],
      },
      {
        title: 'Come to the store',
        text: 'Iván enrols whoever wants it with an e-mail address and nothing else: the rest is answered by each person on their own phone, from the message that arrives in the outbox. What the till sees depends on how surely it is them, and by a card alone not even a name.',
        go: [
          ['ivan', 'Serve as Iván'],
          ['till', 'Open the till'],
          ['card', 'Open my card'],
        ],
      },
      {
        title: 'Answer for all of it',
        text: 'Marta Rey protects the data: she changes purposes, proves consents, sees which requests fall due and looks at the calls of the moment. Staff sign in with a passkey and nothing else; here, with one click as well.',
        go: [
          ['marta', 'Work as Marta'],
          ['staff', 'Enrol with a passkey'],
        ],
      },
    ],
    lastCode: (to) => `Last code, for ${to}:`,
    subscribers: (count) => (count === 1 ? '1 account connected' : `${count} accounts connected`),
    appSignedIn: (name) => `The app is signed in as ${name}`,
    people: 'People who are customers already',
    peopleLead: 'Be one of them: each has a button on the sign-in page.',
    password: 'Password:',
    signInAs: (name) => `Sign in as ${name}`,
    rings: (name) => `${name} rings`,
    telephone: 'Telephone:',
    card: 'Card:',
    staff: 'Who works here',
    staffLead:
      'One click and you are one of them, with what they may do and nothing more. If a page locks itself after a while, come in from here again.',
    work: {
      marta: 'Data protection officer. Looks at calls and takes none.',
      lucia: 'Call centre, at desk 4. Verifies who calls before she sees anything.',
      ivan: 'Assistant in the Gran Vía store. Enrols customers and helps at the kiosks.',
      sofia: 'Manager of the Gran Vía store. Brings kiosks into service and appoints her staff.',
    },
    outboxLead:
      'Every message Placet has sent, as a real mail server received it. Text messages arrive here, too, at the address of their number. Newest first.',
    outboxEmpty: 'Nothing has been sent yet.',
    outboxLive: 'This page reads itself anew every five seconds.',
    outboxPause: 'Stop that',
    outboxResume: 'Read it anew every five seconds',
    to: 'To',
    at: 'at',
  },
}
