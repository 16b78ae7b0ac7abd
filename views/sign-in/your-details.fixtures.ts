import { fixturesOf } from '../fixture.ts'
import { type DetailField, YourDetailsView } from './your-details.tsx'

const fields: readonly DetailField[] = [
  {
    id: 'given_name',
    label: 'attribute.given_name',
    optional: false,
    why: 'attribute.why.given_name',
    autocomplete: 'given-name',
  },
  {
    id: 'family_name',
    label: 'attribute.family_name',
    optional: true,
    why: 'attribute.why.family_name',
    autocomplete: 'family-name',
  },
  {
    id: 'phone',
    label: 'attribute.phone',
    hint: 'attribute.phone.hint',
    optional: true,
    why: 'attribute.why.phone',
    type: 'tel',
    autocomplete: 'tel',
  },
]

export const yourDetailsFixtures = fixturesOf(YourDetailsView, {
  default: { model: { fields } },
  'with password': {
    model: {
      fields,
      password: { optional: true, minLength: 12, email: 'ana@ejemplo.com' },
      backHref: '/example',
    },
  },
  'field errors': {
    model: {
      fields: fields.map((field) => (field.id === 'phone' ? { ...field, value: '6123' } : field)),
      password: { optional: false, minLength: 12, email: 'ana@ejemplo.com' },
    },
    page: {
      fieldErrors: [
        { field: 'given_name', code: 'given-name-required' },
        { field: 'phone', code: 'phone-invalid' },
        { field: 'password', code: 'password-too-easy' },
      ],
    },
  },
})
