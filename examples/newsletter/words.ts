import type { Words } from '../sample/language.ts'

export interface NewsletterWords {
  readonly title: string
  readonly lead: string
  readonly nobody: string
  readonly nobodyLead: string
  readonly connect: string
  readonly askAgain: string
  readonly privacy: string
  readonly subscriber: string
  readonly email: string
  readonly firstName: string
  readonly askedAt: string
  readonly mayMail: string
  readonly mayNotMail: string
  readonly ended: string
  readonly notTold: string
  readonly letter: string
  readonly dear: (name: string | undefined) => string
  readonly body: string
  readonly stop: string
  readonly noLetter: string
}

export const newsletterWords: Words<NewsletterWords> = {
  es: {
    title: 'A quién podemos escribir ahora',
    lead: 'Correo Norte hace los envíos de Tienda Norte. No guarda direcciones: cada vez que se abre esta página pregunta a Placet, que solo responde con lo que cada persona permite en ese momento.',
    nobody: 'Aún no hay nadie en la lista',
    nobodyLead: 'Conecta tu cuenta de Tienda Norte para ver qué sabría de ti este sistema.',
    connect: 'Conectar mi cuenta',
    askAgain: 'Preguntar otra vez',
    privacy: 'Tu privacidad',
    subscriber: 'Suscripción',
    email: 'Correo electrónico',
    firstName: 'Nombre',
    askedAt: 'Preguntado a las',
    mayMail: 'Podemos escribirle',
    mayNotMail: 'No podemos escribirle',
    ended: 'El acceso terminó',
    notTold: 'no nos lo dan',
    letter: 'La carta de esta semana',
    dear: (name) => (name === undefined ? 'Hola:' : `Hola, ${name}:`),
    body: 'Vuelven las botas «Picos», y el chubasquero «Finisterre» está de oferta hasta el domingo.',
    stop: 'No quiero recibir más cartas',
    noLetter: 'No hay carta: sin su permiso no sabemos a quién enviarla.',
  },
  en: {
    title: 'Whom we may write to now',
    lead: 'Correo Norte sends the mailings of Tienda Norte. It keeps no addresses: each time this page is opened it asks Placet, which answers only with what each person allows at that moment.',
    nobody: 'Nobody is on the list yet',
    nobodyLead: 'Connect your Tienda Norte account to see what this system would know about you.',
    connect: 'Connect my account',
    askAgain: 'Ask again',
    privacy: 'Your privacy',
    subscriber: 'Subscription',
    email: 'E-mail address',
    firstName: 'First name',
    askedAt: 'Asked at',
    mayMail: 'We may write',
    mayNotMail: 'We may not write',
    ended: 'Access has ended',
    notTold: 'we are not told',
    letter: 'This week’s letter',
    dear: (name) => (name === undefined ? 'Hello,' : `Hello ${name},`),
    body: 'The “Picos” boots are back, and the “Finisterre” rain jacket is on offer until Sunday.',
    stop: 'Stop these letters',
    noLetter: 'No letter: without their permission we do not know where to send it.',
  },
}
