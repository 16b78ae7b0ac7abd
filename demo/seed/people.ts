import type { DemoPerson } from '../tour/pages.tsx'

export interface SeedPerson extends DemoPerson {
  readonly firstName: string
  readonly lastName: string
  readonly birthDate: string
  readonly language: 'es' | 'en'
  /** Answers by purpose and contact channel; what is missing was never asked. */
  readonly answers: Readonly<Record<string, 'yes' | 'no'>>
}

/** People who are customers before you arrive. Addresses under .example belong to nobody (RFC 2606). */
export const people: readonly [ana: SeedPerson, bruno: SeedPerson, carmen: SeedPerson] = [
  {
    key: 'ana',
    name: 'Ana Ibarra',
    firstName: 'Ana',
    lastName: 'Ibarra',
    email: 'ana@correo.example',
    password: 'lluvia-fina-de-noviembre',
    birthDate: '1990-05-01',
    language: 'es',
    answers: {
      'marketing.direct/email': 'yes',
      'marketing.direct/sms': 'no',
      'personalisation.onsite/none': 'yes',
    },
    story: {
      es: 'Dijo que sí a las ofertas por correo y a las recomendaciones, y que no a los SMS.',
      en: 'Agreed to offers by e-mail and to recommendations, not to text messages.',
    },
  },
  {
    key: 'bruno',
    name: 'Bruno Leal',
    firstName: 'Bruno',
    lastName: 'Leal',
    email: 'bruno@correo.example',
    password: 'faro-sin-luz-encendida',
    birthDate: '1978-11-30',
    language: 'es',
    answers: {
      'marketing.direct/email': 'no',
      'marketing.direct/sms': 'no',
      'personalisation.onsite/none': 'no',
    },
    story: {
      es: 'Dijo que no a todo, y compra como cualquiera.',
      en: 'Refused everything, and shops like anybody else.',
    },
  },
  {
    key: 'carmen',
    name: 'Carmen Otero',
    firstName: 'Carmen',
    lastName: 'Otero',
    email: 'carmen@correo.example',
    password: 'camino-de-piedra-y-mar',
    birthDate: '1985-02-14',
    language: 'en',
    answers: {},
    story: {
      es: 'Tiene cuenta desde antes de que hubiera preguntas: se las haremos cuando vuelva a entrar.',
      en: 'Has an account from before the questions existed: she will be asked when she next signs in.',
    },
  },
]
