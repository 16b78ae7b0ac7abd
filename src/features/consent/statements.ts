import type { ConsentEvent, ConsentEventType } from './consent-event.ts'
import { inLanguage, type Localised } from './published.ts'

/** The scope of an objection to every kind of advertising. */
export const allMarketing = 'marketing.*'

/**
 * LOPDGDD art. 23.3: whoever tells a company that they want no advertising must be told that exclusion systems exist and
 * who keeps them. Goes into the receipt of the objection; the screens say the same in their own words.
 */
const exclusionSystems: Localised = {
  es: 'Existen sistemas de exclusión publicitaria en los que puedes inscribirte gratis para no recibir publicidad de otras empresas: la Lista Robinson (https://www.listarobinson.es, la gestiona Adigital) y la Lista Stop Publicidad (https://www.stoppublicidad.es). La Agencia Española de Protección de Datos publica los que hay en https://www.aepd.es.',
  en: 'There are exclusion systems where you can register free of charge so as not to receive advertising from other companies: Lista Robinson (https://www.listarobinson.es, kept by Adigital) and Lista Stop Publicidad (https://www.stoppublicidad.es). The Spanish data protection authority publishes those that exist at https://www.aepd.es.',
}

const titles: Readonly<Partial<Record<ConsentEventType, Localised>>> = {
  objected: { es: 'Te has opuesto a este uso de tus datos', en: 'You objected to this use of your data' },
  objection_overridden: {
    es: 'Seguimos tratando estos datos a pesar de tu oposición',
    en: 'We go on using this data despite your objection',
  },
  restriction_set: { es: 'Hemos limitado el uso de tus datos', en: 'The use of your data is restricted' },
  restriction_lifted: {
    es: 'El uso de tus datos ya no está limitado',
    en: 'The use of your data is no longer restricted',
  },
  refused: { es: 'Has dicho que no', en: 'You said no' },
  withdrawn: { es: 'Permiso retirado', en: 'Permission withdrawn' },
  invalidated: {
    es: 'Hemos comprobado que este permiso no vale, y ya no lo usamos',
    en: 'We found that this permission is not valid, and no longer use it',
  },
  revoked: { es: 'Ya no nos apoyamos en este permiso', en: 'We no longer rely on this permission' },
}

const toAllAdvertising: Localised = {
  es: 'Te has opuesto a toda la publicidad',
  en: 'You objected to all advertising',
}
const overOneChannel: Localised = {
  es: 'Te has opuesto a toda la publicidad por este canal',
  en: 'You objected to all advertising on this contact channel',
}

/** What an act means that answers no published wording, in words for its receipt: a title, and where needed a text. */
export function statementOf(
  event: Pick<ConsentEvent, 'type' | 'purpose' | 'contactChannel'>,
  language: string,
): string {
  if (event.type === 'objected' && event.purpose === allMarketing) {
    const title = event.contactChannel === '*' ? toAllAdvertising : overOneChannel
    return [title, exclusionSystems].map((words) => inLanguage(words, language)).join('\n\n')
  }
  const title = titles[event.type]
  return title === undefined ? '' : inLanguage(title, language)
}
