import { daysBefore } from './fixture.ts'
import type { Language } from './page-context.ts'
import type { PurposeCardModel } from './parts/purpose-card.tsx'

type Said = Readonly<Record<Language, string>>

const offers: Said = {
  es: 'Quiero recibir de Tienda Norte (Retail Ibérica, S.L.) ofertas y novedades. Puedo dejar de recibirlas cuando quiera en mi cuenta o en cada mensaje.',
  en: 'I want to receive offers and news from Tienda Norte (Retail Ibérica, S.L.). I can stop receiving them whenever I like in my account or in each message.',
}
const offersBefore: Said = {
  es: 'Quiero recibir de Tienda Norte (Retail Ibérica, S.L.) ofertas. Puedo dejar de recibirlas escribiendo a la tienda.',
  en: 'I want to receive offers from Tienda Norte (Retail Ibérica, S.L.). I can stop receiving them by writing to the store.',
}
const suggestions: Said = {
  es: 'Permito que Tienda Norte use mis compras para elegir lo que me enseña. Puedo pararlo cuando quiera en mi cuenta.',
  en: 'I allow Tienda Norte to use my purchases to choose what it shows me. I can stop it whenever I like in my account.',
}

const notice = (id: string, language: Language, text: string) => ({
  id,
  version: '2.1.0',
  language,
  hash: '9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs',
  text,
})

/** What a shop asks: offers by two contact channels, and suggestions made from purchases. */
export function examplePurposes(
  language: Language,
  answers: Readonly<Record<string, 'yes' | 'no'>> = {},
): PurposeCardModel[] {
  const es = language === 'es'
  const controller = 'Retail Ibérica, S.L., Calle Ejemplo 1, 28001 Madrid'
  const answerTo = (key: string) => {
    const answer = answers[key]
    return answer === undefined ? {} : { answer, since: daysBefore(40) }
  }
  return [
    {
      id: 'marketing-direct',
      title: es ? 'Ofertas y novedades' : 'Offers and news',
      summary: es
        ? 'Recibir ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras desde aquí o desde cada mensaje.'
        : 'Receive offers from Tienda Norte. You can stop receiving them whenever you like from here or from each message.',
      controller,
      data: es
        ? ['Tu nombre', 'Tu correo y tu móvil', 'Tu idioma']
        : ['Your name', 'Your email and mobile', 'Your language'],
      recipients: es
        ? ['Envíos Cierzo, S.L., que manda los mensajes']
        : ['Envíos Cierzo, S.L., which sends the messages'],
      retention: es
        ? 'Hasta que digas que no, o dos años sin usar tu cuenta.'
        : 'Until you say no, or after two years without using your account.',
      howToStop: es
        ? 'En Permisos o en cada mensaje, con un toque. Vale desde ese momento.'
        : 'Under Permissions or in each message, with one tap. It counts from that moment.',
      choices: [
        {
          key: 'marketing.direct.email',
          contactChannel: 'email',
          line: es ? 'Como mucho, uno por semana' : 'One per week at most',
          notice: notice('notice-marketing', language, offers[language]),
          ...answerTo('marketing.direct.email'),
        },
        {
          key: 'marketing.direct.sms',
          contactChannel: 'sms',
          notice: notice('notice-marketing', language, offers[language]),
          ...answerTo('marketing.direct.sms'),
        },
      ],
    },
    {
      id: 'personalisation',
      title: es ? 'Sugerencias para ti' : 'Suggestions for you',
      summary: es
        ? 'Elegir qué productos te enseñamos según lo que compras en Tienda Norte. Puedes pararlo cuando quieras desde aquí.'
        : 'Choose which products we show you from what you buy at Tienda Norte. You can stop it whenever you like from here.',
      controller,
      data: es ? ['Lo que compras', 'Tu tienda preferida'] : ['What you buy', 'Your preferred store'],
      recipients: [],
      retention: es ? 'Tus compras de los últimos 12 meses.' : 'Your purchases of the last 12 months.',
      howToStop: es
        ? 'En Permisos. Seguirás viendo los mismos precios y ofertas generales.'
        : 'Under Permissions. You will still see the same prices and general offers.',
      choices: [
        {
          key: 'personalisation.none',
          contactChannel: 'none',
          notice: notice('notice-personalisation', language, suggestions[language]),
          ...answerTo('personalisation.none'),
        },
      ],
    },
  ]
}

/** The first purpose, asked again because its text changed. */
export const changedPurposes = (language: Language): PurposeCardModel[] =>
  examplePurposes(language)
    .slice(0, 1)
    .map((purpose) => ({
      ...purpose,
      changed: {
        before: offersBefore[language],
        after: offers[language],
        versions: { before: '1.4.0', after: '2.1.0' },
      },
    }))

/** The text of the example notice, now and before its last change. */
export const exampleNotice = (language: Language) => ({
  now: offers[language],
  before: offersBefore[language],
})
