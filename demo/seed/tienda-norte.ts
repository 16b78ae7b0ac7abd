/** Who answers in the demo, what the customer sees, and where things happen. All of it invented. */
export const controller = {
  id: 'comercial-norte',
  name: 'Comercial Norte, S. L.',
  address: 'Calle de la Ría 12, 48001 Bilbao',
  contact: 'hola@tiendanorte.example',
  dpoContact: 'privacidad@tiendanorte.example',
  authority: 'Agencia Española de Protección de Datos',
  country: 'ES',
} as const

export const brand = { id: 'tienda-norte', name: 'Tienda Norte' } as const

export const touchpoints = [
  { id: 'tienda-norte', parent: undefined, kind: 'brand', name: 'Tienda Norte' },
  { id: 'norte-costa', parent: 'tienda-norte', kind: 'region', name: 'Costa' },
  { id: 'norte-bilbao', parent: 'norte-costa', kind: 'store', name: 'Bilbao, Gran Vía' },
  { id: 'norte-gijon', parent: 'norte-costa', kind: 'store', name: 'Gijón, Corrida' },
] as const
