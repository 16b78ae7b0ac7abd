import type { Recipient } from '../../src/features/recipients/index.ts'

/** The systems of the demo: the shop and its app are ours; the mailing system works for us under an Art. 28 contract. */
export const recipients: readonly Recipient[] = [
  {
    recipientId: 'tienda-norte-shop',
    name: 'Tienda Norte',
    role: 'internal',
    processingContract: true,
    thirdCountry: false,
    countries: ['ES'],
    purposes: ['auth.login', 'personalisation.onsite'],
  },
  {
    recipientId: 'correo-norte',
    name: 'Correo Norte',
    role: 'processor',
    legalEntity: 'Correo Norte Envíos, S. L.',
    processingContract: true,
    thirdCountry: false,
    countries: ['ES'],
    purposes: ['marketing.direct'],
  },
]
