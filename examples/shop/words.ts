import type { Words } from '../sample/language.ts'

export interface ShopWords {
  readonly createAccount: string
  readonly signIn: string
  readonly signOut: string
  readonly hello: (name: string) => string
  readonly customer: string
  readonly privacy: string
  readonly season: string
  readonly about: string
  readonly goods: string
  readonly account: string
  readonly accountLead: string
  readonly told: string
  readonly whatNow: string
  readonly seeNewsletter: string
  readonly openPrivacy: string
  readonly notSignedIn: string
  readonly unfinished: string
  readonly noSuchPage: string
  readonly tryAgain: string
}

export const shopWords: Words<ShopWords> = {
  es: {
    createAccount: 'Crear cuenta',
    signIn: 'Entrar',
    signOut: 'Salir',
    hello: (name) => `Hola, ${name}`,
    customer: 'cliente',
    privacy: 'Privacidad',
    season: 'Otoño en el norte',
    about:
      'Ropa para la lluvia, el viento y los paseos largos. Una sola cuenta para la web, la app y la tienda.',
    goods: 'Recién llegado',
    account: 'Tu cuenta',
    accountLead: 'Has entrado. Da igual a qué dijiste que sí o que no: comprar no depende de eso.',
    told: 'Todo lo que la tienda sabe de ti',
    whatNow: 'Y ahora',
    seeNewsletter: 'Ver qué sabe el boletín',
    openPrivacy: 'Abrir tu privacidad',
    notSignedIn: 'No has entrado',
    unfinished: 'La entrada no se terminó, o se empezó en otro navegador. No ha cambiado nada.',
    noSuchPage: 'Esta página no existe.',
    tryAgain: 'Intentarlo otra vez',
  },
  en: {
    createAccount: 'Create account',
    signIn: 'Sign in',
    signOut: 'Sign out',
    hello: (name) => `Hello, ${name}`,
    customer: 'customer',
    privacy: 'Privacy',
    season: 'Autumn in the north',
    about: 'Clothes for rain, wind and long walks. One account for the web, the app and the store.',
    goods: 'Just arrived',
    account: 'Your account',
    accountLead: 'You are signed in. Whatever you said yes or no to, shopping does not depend on it.',
    told: 'Everything the shop knows about you',
    whatNow: 'What next',
    seeNewsletter: 'See what the newsletter knows',
    openPrivacy: 'Open your privacy centre',
    notSignedIn: 'You are not signed in',
    unfinished: 'The sign-in was not finished, or was started in another browser. Nothing has changed.',
    noSuchPage: 'This page does not exist.',
    tryAgain: 'Try again',
  },
}
