import { fixturesOf } from '../fixture.ts'
import { exampleMenu } from './example-menu.ts'
import { type PurposeDocumentModel, PurposeDocumentView } from './purpose-document.tsx'

const page = { menu: exampleMenu('/dpo/purposes') }

const model: PurposeDocumentModel = {
  document: '',
  seen: '.',
  action: '/dpo/purpose-document',
  backHref: '/dpo/purposes',
  problems: [],
}
const given = `{
  "purpose": { "id": "survey.yearly", "class": "analytics" },
  "notices": []
}`

export const purposeDocumentFixtures = fixturesOf(PurposeDocumentView, {
  default: { model, page },
  'field errors': {
    model: {
      ...model,
      document: given,
      problems: [
        'purpose.bases: Invalid input: expected array, received nothing',
        'notices: Too small: expected array to have >=1 items',
      ],
    },
    page: { ...page, fieldErrors: [{ field: 'document', code: 'document-shape' }] },
  },
  unreadable: {
    model: { ...model, document: '{"purpose":' },
    page: { ...page, fieldErrors: [{ field: 'document', code: 'document-unreadable' }] },
  },
  'form error: overtaken': {
    model: { ...model, document: given },
    page: { ...page, formError: { code: 'purpose-changed-meanwhile' } },
  },
})
