import type { PurposeDraft } from '../features/consent/index.ts'
import type { Attribute } from '../features/profile/index.ts'

type Described = Omit<Attribute, 'position'>

const declared = { sensitivity: 'personal', retention: 'P0D' } as const

/** The attributes every house starts with: what a registration asks for and OpenID has a claim for. */
const described: readonly Described[] = [
  {
    ...declared,
    attributeId: 'email',
    claim: 'email',
    valueSchema: { type: 'string', format: 'email' },
    labels: { es: 'Correo electrónico', en: 'E-mail' },
    reasons: {
      es: 'Para que puedas entrar en tu cuenta y recibir los avisos de tus pedidos.',
      en: 'So that you can sign in and hear about your orders.',
    },
  },
  {
    ...declared,
    attributeId: 'first_name',
    claim: 'given_name',
    valueSchema: { type: 'string', minLength: 1, maxLength: 80 },
    labels: { es: 'Nombre', en: 'First name' },
    reasons: { es: 'Para saber cómo dirigirnos a ti.', en: 'So that we know how to address you.' },
  },
  {
    ...declared,
    attributeId: 'last_name',
    claim: 'family_name',
    valueSchema: { type: 'string', minLength: 1, maxLength: 120 },
    labels: { es: 'Apellidos', en: 'Last name' },
    reasons: { es: 'Para las facturas y los envíos.', en: 'For invoices and deliveries.' },
  },
  {
    ...declared,
    attributeId: 'phone',
    claim: 'phone_number',
    valueSchema: { type: 'string', format: 'phone' },
    labels: { es: 'Teléfono móvil', en: 'Mobile phone' },
    reasons: { es: 'Para avisarte cuando llegue tu pedido.', en: 'To tell you when your order arrives.' },
  },
  {
    ...declared,
    attributeId: 'birth_date',
    claim: 'birthdate',
    valueSchema: { type: 'string', format: 'date' },
    labels: { es: 'Fecha de nacimiento', en: 'Date of birth' },
    reasons: {
      es: 'Para proteger a los menores: quien no llega a la edad no recibe publicidad.',
      en: 'To protect minors: whoever is under age receives no advertising.',
    },
  },
]

export const standardAttributes: readonly Attribute[] = described.map((attribute, index) => ({
  ...attribute,
  position: (index + 1) * 10,
}))

/** Having an account at all: by contract (GDPR Art. 6(1)(b)), told and not asked. */
export const accountPurpose: PurposeDraft = {
  id: 'auth.login',
  class: 'service',
  position: 1,
  bases: ['contract'],
  attributes: ['email', 'first_name', 'last_name'],
  contactChannels: ['none'],
  recipients: [],
  retention: { es: 'Mientras tengas cuenta', en: 'As long as you have an account' },
  howToStop: { es: 'Cerrando la cuenta', en: 'By closing the account' },
  dpv: 'https://w3id.org/dpv#IdentityAuthentication',
  change: 'material',
  restrictionExempt: 'rights_of_subject_request',
}

export const accountNotices = [
  {
    language: 'es',
    title: 'Tu cuenta',
    summary: 'Usamos tu correo y tu nombre para que puedas entrar y te reconozcamos.',
    text: 'Usamos tu correo electrónico, tu nombre y tus apellidos para darte acceso a tu cuenta en la tienda, en la aplicación y por teléfono. Es necesario para el contrato de tu cuenta. Los conservamos mientras la tengas.',
  },
  {
    language: 'en',
    title: 'Your account',
    summary: 'We use your e-mail and your name so that you can sign in and we know you.',
    text: 'We use your e-mail address, your first name and your last name to give you access to your account. It works in the shop, in the app and on the telephone. It is needed for the contract of your account. We keep them as long as you have it.',
  },
] as const
