/** The attribute catalogue of the demo: what may be known about a person, under which claim, why it is asked, how long. */
export const attributes = [
  {
    id: 'email',
    claim: 'email',
    type: 'email',
    label: { es: 'Correo electrónico', en: 'E-mail' },
    why: {
      es: 'Para que puedas entrar en tu cuenta y recibir los avisos de tus pedidos.',
      en: 'So that you can sign in and hear about your orders.',
    },
    sensitivity: 'personal',
    retention: 'P0D',
  },
  {
    id: 'first_name',
    claim: 'given_name',
    type: 'text',
    label: { es: 'Nombre', en: 'First name' },
    why: { es: 'Para saber cómo dirigirnos a ti.', en: 'So that we know how to address you.' },
    sensitivity: 'personal',
    retention: 'P0D',
  },
  {
    id: 'last_name',
    claim: 'family_name',
    type: 'text',
    label: { es: 'Apellidos', en: 'Last name' },
    why: { es: 'Para las facturas y los envíos.', en: 'For invoices and deliveries.' },
    sensitivity: 'personal',
    retention: 'P0D',
  },
  {
    id: 'phone',
    claim: 'phone_number',
    type: 'phone',
    label: { es: 'Teléfono móvil', en: 'Mobile phone' },
    why: { es: 'Para avisarte cuando llegue tu pedido.', en: 'To tell you when your order arrives.' },
    sensitivity: 'personal',
    retention: 'P0D',
  },
  {
    id: 'birth_date',
    claim: 'birthdate',
    type: 'date',
    label: { es: 'Fecha de nacimiento', en: 'Date of birth' },
    why: {
      es: 'Para proteger a los menores: sin ella no personalizamos nada.',
      en: 'To protect minors: without it nothing is personalised.',
    },
    sensitivity: 'personal',
    retention: 'P0D',
  },
] as const
