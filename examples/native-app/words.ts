import type { Words } from '../sample/language.ts'

export interface AppWords {
  readonly brand: string
  readonly signedIn: string
  readonly lead: string
  readonly told: string
  readonly unfinished: string
  readonly nothingChanged: string
  readonly back: string
}

export const appWords: Words<AppWords> = {
  es: {
    brand: 'Tienda Norte, la app',
    signedIn: 'Ya puedes volver a la app',
    lead: 'Has entrado. Las credenciales de la app están atadas a una clave que no sale de este dispositivo (DPoP): copiadas no sirven.',
    told: 'Lo que la app sabe de ti',
    unfinished: 'No has entrado',
    nothingChanged: 'No ha cambiado nada. Cierra esta pestaña y empieza otra vez desde la app.',
    back: 'Volver al recorrido',
  },
  en: {
    brand: 'Tienda Norte, the app',
    signedIn: 'You can go back to the app',
    lead: 'You are signed in. The app’s tokens are bound to a key that never leaves this device (DPoP): copied, they are worthless.',
    told: 'What the app knows about you',
    unfinished: 'You are not signed in',
    nothingChanged: 'Nothing has changed. Close this tab and start again from the app.',
    back: 'Back to the tour',
  },
}
