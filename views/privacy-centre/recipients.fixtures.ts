import { daysBefore, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { RecipientsView, type ShownRecipient } from './recipients.tsx'

const recipients = (language: Language): ShownRecipient[] => {
  const es = language === 'es'
  const offers = es ? 'Ofertas y novedades' : 'Offers and news'
  const attributes = es ? ['nombre', 'correo', 'idioma'] : ['name', 'email', 'language']
  return [
    {
      id: 'cierzo',
      name: 'Envíos Cierzo, S.L.',
      role: 'processor',
      does: es ? 'Manda nuestros correos y SMS.' : 'Sends our emails and text messages.',
      countries: [es ? 'España' : 'Spain', es ? 'Irlanda' : 'Ireland'],
      state: 'receiving',
      disclosures: [
        {
          id: 'd2',
          at: daysBefore(1),
          attributes,
          purpose: offers,
          noticeVersion: '2.1.0',
          basis: es ? 'Dijiste que sí' : 'You said yes',
        },
        {
          id: 'd1',
          at: daysBefore(8),
          attributes,
          purpose: offers,
          noticeVersion: '2.1.0',
          basis: es ? 'Dijiste que sí' : 'You said yes',
        },
      ],
      olderHref: '?recipient=cierzo',
    },
    {
      id: 'bici',
      name: 'Bici Compartida',
      role: 'controller',
      does: es
        ? 'Alquila bicicletas. Le dejaste ver tu nombre.'
        : 'Rents bicycles. You let it see your name.',
      countries: [es ? 'España' : 'Spain'],
      state: 'stopping',
      stoppedAt: daysBefore(2),
      disclosures: [
        {
          id: 'd3',
          at: daysBefore(60),
          attributes: [es ? 'nombre' : 'name'],
          purpose: es ? 'Crear tu cuenta allí' : 'Create your account there',
          basis: es ? 'Quisiste compartirlo' : 'You chose to share it',
        },
      ],
    },
    {
      id: 'analytics',
      name: es ? 'Estadística de Tienda Norte' : 'Tienda Norte statistics',
      role: 'own',
      does: es ? 'Cuenta ventas sin saber de quién son.' : 'Counts sales without knowing whose they are.',
      countries: [es ? 'España' : 'Spain'],
      state: 'stopped',
      disclosures: [],
    },
  ]
}

export const recipientsFixtures = fixturesOf(RecipientsView, {
  default: { modelIn: (language) => ({ recipients: recipients(language) }) },
  empty: { model: { recipients: [] } },
})
