import { exampleNotice } from '../example-purposes.ts'
import { exampleNow, fixturesOf } from '../fixture.ts'
import type { Language } from '../page-context.ts'
import { type ReceiptModel, ReceiptView } from './receipt.tsx'

const model = (language: Language): ReceiptModel => {
  const es = language === 'es'
  return {
    id: '0198b2c4-91aa-7d0e-8f6b-2b1f4f0a7e55',
    state: 'given',
    at: exampleNow,
    purpose: es ? 'Ofertas y novedades' : 'Offers and news',
    contactChannel: 'email',
    contactPoint: 'a••@ejemplo.com',
    notice: {
      id: 'notice-marketing',
      version: '2.1.0',
      language,
      hash: '9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs',
      text: exampleNotice(language).now,
    },
    data: es ? ['Tu nombre', 'Tu correo', 'Tu idioma'] : ['Your name', 'Your email', 'Your language'],
    recipients: ['Envíos Cierzo, S.L.'],
    controller: {
      name: 'Retail Ibérica, S.L.',
      address: 'Calle Ejemplo 1, 28001 Madrid',
      contact: 'dpd@retail-iberica.example',
    },
    channel: 'web',
    authority: { name: 'Agencia Española de Protección de Datos', href: 'https://www.aepd.es' },
    downloadHref: '/privacy/receipts/example.json',
    formats: [
      { format: 'jws', href: '/privacy/receipts/example.jws' },
      { format: 'jsonld', href: '/privacy/receipts/example.jsonld' },
    ],
    verifyHref: '/verify',
    proof: {
      log: 'retail-iberica/consent/1',
      index: 3,
      size: 4,
      root: 'NyfzRXL0ubiojRW7ojA-VhaSGrAS2JLZf6zaFVoBZAw',
    },
  }
}

export const receiptFixtures = fixturesOf(ReceiptView, {
  default: { modelIn: model },
  'as a credential too': {
    modelIn: (language): ReceiptModel => ({
      ...model(language),
      formats: [
        ...model(language).formats,
        { format: 'credential', href: '/privacy/receipts/example.sd-jwt' },
        { format: 'oneDecision', href: '/privacy/receipts/example.sd-jwt?event=example' },
      ],
    }),
  },
  'told later than it was': {
    modelIn: (language): ReceiptModel => ({
      ...model(language),
      channel: 'kiosk',
      at: new Date(exampleNow.getTime() - 7_200_000),
      receivedAt: exampleNow,
    }),
  },
  'a yes that was only claimed': {
    modelIn: (language): ReceiptModel => ({ ...model(language), state: 'claimed' }),
  },
  'a yes that was noted in a call': {
    modelIn: (language): ReceiptModel => ({ ...model(language), state: 'noted', channel: 'call-centre' }),
  },
  'of an act that was erased': {
    modelIn: (language): ReceiptModel => {
      const { proof: _, ...unproven } = model(language)
      return { ...unproven, erased: true }
    },
  },
  withdrawn: { modelIn: (language): ReceiptModel => ({ ...model(language), state: 'withdrawn' }) },
  'withdrawn when there was no text any more': {
    modelIn: (language): ReceiptModel => ({
      ...model(language),
      state: 'withdrawn',
      notice: {
        id: '',
        version: '',
        language,
        hash: '',
        text: language === 'es' ? 'Permiso retirado' : 'Permission withdrawn',
      },
    }),
  },
  'refused at a kiosk': {
    modelIn: (language): ReceiptModel => ({
      ...model(language),
      state: 'refused',
      contactChannel: 'none',
      channel: 'kiosk',
      touchpoint: 'Gran Vía (Madrid)',
      recipients: [],
    }),
  },
  'shown in another language': {
    modelIn: (language): ReceiptModel => {
      const shown = language === 'es' ? 'en' : 'es'
      return { ...model(language), notice: model(shown).notice }
    },
  },
})
