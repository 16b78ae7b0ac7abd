import type { PurposeDraft } from '../../src/features/consent/index.ts'

export interface SeedPurpose {
  readonly draft: PurposeDraft
  readonly notices: readonly {
    readonly language: 'es' | 'en'
    readonly title: string
    readonly summary: string
    readonly text: string
  }[]
}

const untilWithdrawn = { es: 'Hasta que lo retires', en: 'Until you withdraw it' }
const inPrivacyCentre = {
  es: 'En tu centro de privacidad, cuando quieras',
  en: 'In your privacy centre, whenever you like',
}

/** What the customers of the demo are asked, one question per purpose and contact channel. */
export const purposes: readonly SeedPurpose[] = [
  {
    draft: {
      id: 'marketing.direct',
      class: 'marketing',
      position: 10,
      bases: ['consent'],
      attributes: ['email', 'first_name', 'phone'],
      contactChannels: ['email', 'sms'],
      recipients: ['correo-norte'],
      retention: untilWithdrawn,
      howToStop: {
        es: 'En tu centro de privacidad o desde cada mensaje',
        en: 'In your privacy centre or from each message',
      },
      dpv: 'https://w3id.org/dpv#DirectMarketing',
      change: 'material',
    },
    notices: [
      {
        language: 'es',
        title: 'Ofertas y novedades',
        summary: 'Recibir ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.',
        text: 'Comercial Norte, S. L. usará tu nombre y tu correo electrónico o tu teléfono móvil para enviarte ofertas y novedades de Tienda Norte. Los envíos los hace Correo Norte por encargo nuestro, en la Unión Europea. Lo conservamos hasta que lo retires. Puedes retirarlo cuando quieras en tu centro de privacidad o desde cada mensaje.',
      },
      {
        language: 'en',
        title: 'Offers and news',
        summary: 'Receive offers from Tienda Norte. You can stop them whenever you like.',
        text: 'Comercial Norte, S. L. will send you offers and news from Tienda Norte. For that it uses your first name, and your e-mail address or mobile phone. Correo Norte sends them on our behalf, within the European Union. We keep this until you withdraw it. You can withdraw it whenever you like in your privacy centre or from each message.',
      },
    ],
  },
  {
    draft: {
      id: 'personalisation.onsite',
      class: 'personalisation',
      position: 20,
      bases: ['consent'],
      attributes: ['first_name', 'birth_date'],
      contactChannels: ['none'],
      recipients: ['tienda-norte-shop'],
      retention: untilWithdrawn,
      howToStop: inPrivacyCentre,
      dpv: 'https://w3id.org/dpv#ProvideProductRecommendations',
      change: 'material',
    },
    notices: [
      {
        language: 'es',
        title: 'Recomendaciones en la tienda',
        summary: 'Ver primero lo que suele gustar a personas de tu edad.',
        text: 'Comercial Norte, S. L. usará tu nombre y tu fecha de nacimiento para ordenar los productos que ves en Tienda Norte. No lo cedemos a nadie más. Lo conservamos hasta que lo retires. Si dices que no, verás la tienda sin ordenar. Puedes retirarlo cuando quieras en tu centro de privacidad.',
      },
      {
        language: 'en',
        title: 'Recommendations in the shop',
        summary: 'See first what people of your age tend to like.',
        text: 'Comercial Norte, S. L. will use your first name and your date of birth to order the products you see in Tienda Norte. We pass it on to nobody else. We keep this until you withdraw it. If you say no, you will see the shop unsorted. You can withdraw it whenever you like in your privacy centre.',
      },
    ],
  },
]
