import type { Attribute } from '../../src/features/profile/index.ts'
import type { SeedPurpose } from './purposes.ts'

const shared = {
  sensitivity: 'personal',
  retention: 'P0D',
  reasons: { es: 'Para las ventajas del Club Norte.', en: 'For the advantages of Club Norte.' },
} as const

/** What the shop itself writes down about who has a card; nobody declares their own points. */
export const clubAttributes: readonly Attribute[] = [
  {
    ...shared,
    attributeId: 'loyalty_points',
    claim: 'loyalty_points',
    position: 60,
    valueSchema: { type: 'integer', minimum: 0 },
    labels: { es: 'Puntos', en: 'Points' },
  },
  {
    ...shared,
    attributeId: 'loyalty_tier',
    claim: 'loyalty_tier',
    position: 70,
    valueSchema: { type: 'string', minLength: 1, maxLength: 20 },
    labels: { es: 'Nivel', en: 'Tier' },
  },
]

/** Counting points rests on the contract of the club, so it is told and not asked. */
export const club: SeedPurpose = {
  draft: {
    id: 'loyalty.club',
    class: 'service',
    position: 5,
    bases: ['contract'],
    attributes: ['loyalty_points', 'loyalty_tier'],
    contactChannels: ['none'],
    recipients: ['tienda-norte-shop'],
    retention: { es: 'Mientras seas del club', en: 'As long as you are in the club' },
    howToStop: { es: 'Saliendo del club', en: 'By leaving the club' },
    dpv: 'https://w3id.org/dpv#ServiceProvision',
    change: 'material',
  },
  notices: [
    {
      language: 'es',
      title: 'Club Norte',
      summary: 'Contar tus puntos y darte las ventajas del club.',
      text: 'Comercial Norte, S. L. cuenta tus puntos y tu nivel para darte las ventajas del club en Tienda Norte. Hace falta para el contrato del club. Los conservamos mientras seas del club.',
    },
    {
      language: 'en',
      title: 'Club Norte',
      summary: 'Count your points and give you the advantages of the club.',
      text: 'Comercial Norte, S. L. counts your points and your tier to give you the advantages of the club in Tienda Norte. It is needed for the contract of the club. We keep them as long as you are in the club.',
    },
  ],
}

/** The cards that are in somebody's purse when the demo begins, with what has gathered on them. */
export const cardHolders = {
  ana: { phone: '+34600111222', points: 1240, tier: 'oro' },
  bruno: { phone: '+34600333444', points: 85, tier: 'plata' },
} as const
