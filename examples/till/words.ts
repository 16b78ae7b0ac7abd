import type { Words } from '../sample/language.ts'

export type Level = 'L0' | 'L1' | 'L2' | 'L3'

export interface TillWords {
  readonly title: string
  readonly lead: string
  readonly card: string
  readonly cardHint: string
  readonly read: string
  readonly code: string
  readonly codeHint: string
  readonly readCode: string
  readonly readScreen: (name: string) => string
  readonly send: string
  readonly sent: string
  readonly oneTimeCode: string
  readonly check: string
  readonly next: string
  readonly levels: Readonly<Record<Level, { readonly title: string; readonly text: string }>>
  readonly claims: Readonly<Record<string, string>>
  readonly offers: string
  readonly mayOffer: string
  readonly mayNotOffer: string
  readonly nothing: string
  readonly problems: Readonly<Record<string, string>>
  readonly failed: string
}

export const tillWords: Words<TillWords> = {
  es: {
    title: 'Caja 1',
    lead: 'La caja de la Tienda Gran Vía. No guarda nada de nadie: pregunta a Placet, que contesta según lo seguro que está de quién es y lo que esa persona permite.',
    card: 'Número de tarjeta',
    cardHint: 'Con o sin espacios.',
    read: 'Leer la tarjeta',
    code: 'Código de su pantalla',
    codeHint: 'Lo que lee el lector de la pantalla del cliente. Empieza por PLC1 y vale un minuto.',
    readCode: 'Leer el código',
    readScreen: (name) => `Leer la pantalla de ${name}`,
    send: 'Mandarle un código',
    sent: 'Si la tarjeta es de alguien, le ha llegado un código. Pídele que lo lea.',
    oneTimeCode: 'Código que lee el cliente',
    check: 'Comprobar el código',
    next: 'Siguiente cliente',
    levels: {
      L0: { title: 'Nadie identificado', text: 'Se compra igual, sin decir quién es.' },
      L1: { title: 'Una tarjeta, sin nombre', text: 'Cualquiera puede llevarla. Solo sus puntos.' },
      L2: {
        title: 'Es esa persona',
        text: 'Lo demuestra su pantalla, o un código que le ha llegado a ella.',
      },
      L3: {
        title: 'Acaba de entrar en su móvil',
        text: 'Puede cambiar sus datos y permisos, allí. La caja no ve más.',
      },
    },
    claims: { loyalty_points: 'Puntos', loyalty_tier: 'Nivel', given_name: 'Nombre' },
    offers: 'Recomendarle algo',
    mayOffer: 'Sí: lo permite',
    mayNotOffer: 'No',
    nothing: 'De esta tarjeta no se puede ver nada, o no es de nadie. La caja no sabe cuál de las dos.',
    problems: {
      'loyalty-card-invalid': 'Una tarjeta tiene de 6 a 32 letras y cifras.',
      'loyalty-code-refused': 'Ese código no vale aquí y ahora. Pide al cliente que abra otro.',
      'loyalty-code-used': 'Ese código ya se ha usado. Pide al cliente que abra otro.',
      'till-code-wrong': 'Ese no es el código, o ya no vale.',
      'look-up-unclear': 'Lee una tarjeta o un código.',
    },
    failed: 'Ahora no se puede preguntar. Se compra igual, sin identificar a nadie.',
  },
  en: {
    title: 'Till 1',
    lead: 'The till of the Gran Vía store. It keeps nothing about anybody: it asks Placet, which answers by how sure it is who stands there and by what that person allows.',
    card: 'Card number',
    cardHint: 'With or without spaces.',
    read: 'Read the card',
    code: 'Code on their screen',
    codeHint:
      'What the scanner reads from the customer’s screen. It begins with PLC1 and is good for a minute.',
    readCode: 'Read the code',
    readScreen: (name) => `Read ${name}’s screen`,
    send: 'Send them a code',
    sent: 'If the card is somebody’s, they have got a code. Ask them to read it out.',
    oneTimeCode: 'The code they read out',
    check: 'Check the code',
    next: 'Next customer',
    levels: {
      L0: { title: 'Nobody identified', text: 'They can buy all the same, without saying who they are.' },
      L1: { title: 'A card, without a name', text: 'Anybody may carry it. Its points alone.' },
      L2: { title: 'It is them', text: 'Shown by their screen, or by a code that was sent to them.' },
      L3: {
        title: 'They have just signed in on their phone',
        text: 'They can change data and choices, there. The till sees no more.',
      },
    },
    claims: { loyalty_points: 'Points', loyalty_tier: 'Tier', given_name: 'First name' },
    offers: 'Recommend something',
    mayOffer: 'Yes: they allow it',
    mayNotOffer: 'No',
    nothing: 'Nothing may be seen of this card, or it is nobody’s. The till does not know which.',
    problems: {
      'loyalty-card-invalid': 'A card has 6 to 32 letters and digits.',
      'loyalty-code-refused': 'This code is not good here and now. Ask the customer to open another.',
      'loyalty-code-used': 'This code was used before. Ask the customer to open another.',
      'till-code-wrong': 'This is not the code, or it is over.',
      'look-up-unclear': 'Read a card or a code.',
    },
    failed: 'Nothing can be asked at the moment. They can buy all the same, without being identified.',
  },
}
