/** A wording for one place where a purpose is asked about: read on a kiosk, on a store's page, or aloud on the telephone. */
export interface SeedWording {
  readonly purpose: string
  readonly surface: 'kiosk' | 'store' | 'voice'
  readonly language: 'es' | 'en'
  readonly title: string
  readonly summary: string
  readonly text: string
}

interface Said {
  readonly es: Pick<SeedWording, 'title' | 'summary' | 'text'>
  readonly en: Pick<SeedWording, 'title' | 'summary' | 'text'>
}

/** Shorter than on the web, with nothing left out that the law asks for (GDPR Art. 13): who, what, for how long, how to stop. */
const onScreens: Readonly<Record<string, Said>> = {
  'marketing.direct': {
    es: {
      title: 'Ofertas y novedades',
      summary: 'Recibir ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.',
      text: 'Comercial Norte, S. L. usará tu nombre y tu correo o tu móvil para enviarte ofertas y novedades de Tienda Norte. Los envíos los hace Correo Norte por encargo nuestro, en la Unión Europea. Lo conservamos hasta que lo retires. Puedes retirarlo cuando quieras aquí, en tu móvil o desde cada mensaje.',
    },
    en: {
      title: 'Offers and news',
      summary: 'Receive offers from Tienda Norte. You can stop them whenever you like.',
      text: 'Comercial Norte, S. L. will send you offers and news from Tienda Norte. For that it uses your first name, and your e-mail address or mobile phone. Correo Norte sends them on our behalf, within the European Union. We keep this until you withdraw it. You can withdraw it whenever you like here, on your phone or from each message.',
    },
  },
  'personalisation.onsite': {
    es: {
      title: 'Recomendaciones en la tienda',
      summary: 'Ver primero lo que suele gustar a personas de tu edad.',
      text: 'Comercial Norte, S. L. usará tu nombre y tu fecha de nacimiento para ordenar los productos que ves en Tienda Norte. No lo cedemos a nadie más. Lo conservamos hasta que lo retires. Si dices que no, verás la tienda sin ordenar. Puedes retirarlo cuando quieras aquí o en tu móvil.',
    },
    en: {
      title: 'Recommendations in the shop',
      summary: 'See first what people of your age tend to like.',
      text: 'Comercial Norte, S. L. will use your first name and your date of birth to order the products you see in Tienda Norte. We pass it on to nobody else. We keep this until you withdraw it. If you say no, you will see the shop unsorted. You can withdraw it whenever you like here or on your phone.',
    },
  },
}

/** Written for the ear: one thing a sentence, and the question is left to whoever reads it. */
const aloud: Readonly<Record<string, Said>> = {
  'marketing.direct': {
    es: {
      title: 'Ofertas y novedades',
      summary: 'Recibir ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.',
      text: 'Si dices que sí, te mandaremos ofertas y novedades de Tienda Norte. Para eso, Comercial Norte usará tu nombre y tu correo o tu móvil. Los envíos los hace Correo Norte, que trabaja para nosotros en la Unión Europea. Lo guardamos hasta que lo retires. Puedes retirarlo cuando quieras: por teléfono, en tu privacidad o desde cada mensaje. Digas lo que digas, tu cuenta funciona igual.',
    },
    en: {
      title: 'Offers and news',
      summary: 'Receive offers from Tienda Norte. You can stop them whenever you like.',
      text: 'If you say yes, we will send you offers and news from Tienda Norte. For that, Comercial Norte will use your first name and your e-mail address or your mobile phone. Correo Norte sends them for us, within the European Union. We keep this until you withdraw it. You can withdraw it whenever you like: by telephone, in your privacy centre or from each message. Whatever you say, your account works just the same.',
    },
  },
  'personalisation.onsite': {
    es: {
      title: 'Recomendaciones en la tienda',
      summary: 'Ver primero lo que suele gustar a personas de tu edad.',
      text: 'Si dices que sí, verás primero lo que suele gustar a personas de tu edad. Para eso, Comercial Norte usará tu nombre y tu fecha de nacimiento en Tienda Norte. No lo cedemos a nadie más. Lo guardamos hasta que lo retires. Si dices que no, verás la tienda sin ordenar. Puedes retirarlo cuando quieras, por teléfono o en tu privacidad.',
    },
    en: {
      title: 'Recommendations in the shop',
      summary: 'See first what people of your age tend to like.',
      text: 'If you say yes, you will see first what people of your age tend to like. For that, Comercial Norte will use your first name and your date of birth in Tienda Norte. We pass it on to nobody else. We keep this until you withdraw it. If you say no, you will see the shop unsorted. You can withdraw it whenever you like, by telephone or in your privacy centre.',
    },
  },
}

const languages = ['es', 'en'] as const

const on = (surface: SeedWording['surface'], said: Readonly<Record<string, Said>>): readonly SeedWording[] =>
  Object.entries(said).flatMap(([purpose, words]) =>
    languages.map((language) => ({ purpose, surface, language, ...words[language] })),
  )

export const wordings: readonly SeedWording[] = [
  ...on('kiosk', onScreens),
  ...on('store', onScreens),
  ...on('voice', aloud),
]
