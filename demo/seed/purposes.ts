import type { ContactChannel } from '../../src/kernel/evidence.ts'

export interface SeedNotice {
  readonly title: string
  readonly summary: string
  readonly text: string
}

export interface SeedPurpose {
  readonly id: string
  readonly class: 'service' | 'marketing' | 'personalisation' | 'analytics'
  readonly bases: readonly ('contract' | 'consent')[]
  readonly attributes: readonly string[]
  readonly contactChannels: readonly ContactChannel[]
  readonly recipients: readonly string[]
  readonly retention: string
  readonly dpv: string
  /** One wording per contact channel that is asked about, in each language. */
  readonly notices: readonly {
    readonly contactChannel: ContactChannel
    readonly es: SeedNotice
    readonly en: SeedNotice
  }[]
}

/** The purposes of the demo. Those by contract are told, not asked; each of the others is one question per channel. */
export const purposes: readonly SeedPurpose[] = [
  {
    id: 'auth.login',
    class: 'service',
    bases: ['contract'],
    attributes: ['email', 'first_name', 'last_name'],
    contactChannels: ['none'],
    recipients: ['tienda-norte-shop'],
    retention: 'Mientras tengas cuenta',
    dpv: 'https://w3id.org/dpv#IdentityAuthentication',
    notices: [],
  },
  {
    id: 'marketing.direct',
    class: 'marketing',
    bases: ['consent'],
    attributes: ['email', 'first_name', 'phone'],
    contactChannels: ['email', 'sms'],
    recipients: ['correo-norte'],
    retention: 'Hasta que lo retires',
    dpv: 'https://w3id.org/dpv#DirectMarketing',
    notices: [
      {
        contactChannel: 'email',
        es: {
          title: 'Ofertas y novedades por correo',
          summary: 'Recibir por correo ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.',
          text: 'Comercial Norte, S. L. usará tu correo electrónico y tu nombre para enviarte ofertas y novedades de Tienda Norte. Los envíos los hace Correo Norte por encargo nuestro, en la Unión Europea. Lo conservamos hasta que lo retires. Puedes retirarlo cuando quieras en tu centro de privacidad o desde cada correo.',
        },
        en: {
          title: 'Offers and news by e-mail',
          summary: 'Receive offers from Tienda Norte by e-mail. You can stop them whenever you like.',
          text: 'Comercial Norte, S. L. will use your e-mail address and your first name to send you offers and news from Tienda Norte. Correo Norte sends them on our behalf, within the European Union. We keep this until you withdraw it. You can withdraw it whenever you like in your privacy centre or from each message.',
        },
      },
      {
        contactChannel: 'sms',
        es: {
          title: 'Ofertas por SMS',
          summary: 'Recibir por SMS ofertas de Tienda Norte. Puedes dejar de recibirlas cuando quieras.',
          text: 'Comercial Norte, S. L. usará tu teléfono móvil y tu nombre para enviarte ofertas de Tienda Norte por SMS. Los envíos los hace Correo Norte por encargo nuestro, en la Unión Europea. Lo conservamos hasta que lo retires. Puedes retirarlo cuando quieras en tu centro de privacidad.',
        },
        en: {
          title: 'Offers by text message',
          summary: 'Receive offers from Tienda Norte by text message. You can stop them whenever you like.',
          text: 'Comercial Norte, S. L. will use your mobile phone number and your first name to send you offers from Tienda Norte by text message. Correo Norte sends them on our behalf, within the European Union. We keep this until you withdraw it. You can withdraw it whenever you like in your privacy centre.',
        },
      },
    ],
  },
  {
    id: 'personalisation.onsite',
    class: 'personalisation',
    bases: ['consent'],
    attributes: ['first_name', 'birth_date'],
    contactChannels: ['none'],
    recipients: ['tienda-norte-shop'],
    retention: 'Hasta que lo retires',
    dpv: 'https://w3id.org/dpv#ProvideProductRecommendations',
    notices: [
      {
        contactChannel: 'none',
        es: {
          title: 'Recomendaciones en la tienda',
          summary: 'Ver primero lo que suele gustar a personas de tu edad.',
          text: 'Comercial Norte, S. L. usará tu nombre y tu fecha de nacimiento para ordenar los productos que ves en la tienda. No lo cedemos a nadie. Lo conservamos hasta que lo retires. Si no lo aceptas, verás la tienda sin ordenar. Puedes retirarlo cuando quieras en tu centro de privacidad.',
        },
        en: {
          title: 'Recommendations in the shop',
          summary: 'See first what people of your age tend to like.',
          text: 'Comercial Norte, S. L. will use your first name and your date of birth to order the products you see in the shop. We pass it on to nobody. We keep this until you withdraw it. If you do not accept, you will see the shop unsorted. You can withdraw it whenever you like in your privacy centre.',
        },
      },
    ],
  },
]
