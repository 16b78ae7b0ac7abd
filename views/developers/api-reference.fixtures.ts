import { fixturesOf } from '../fixture.ts'
import { ApiReferenceView } from './api-reference.tsx'

const field = (name: string, meaning: string, needed = true) => ({ name, kind: 'string', needed, meaning })

export const apiReferenceFixtures = fixturesOf(ApiReferenceView, {
  default: {
    model: {
      tokenCurl: 'curl -u client:secret https://id.example/oidc/token -d grant_type=client_credentials',
      operations: [
        {
          id: 'objections',
          method: 'POST',
          path: '/api/v1/objections',
          summary: 'Record an objection',
          description: 'The person objected to a purpose.',
          scope: 'objections:write',
          parameters: [field('Idempotency-Key', 'Made by you for each act.')],
          body: [field('sub', 'The person.'), field('purpose', 'Id of a purpose.', false)],
          answers: [{ status: '200', description: 'Recorded.', fields: [field('outcome', '')] }],
          curl: 'curl -X POST https://id.example/api/v1/objections',
          exampleAnswer: '[ "recorded" ]',
        },
        {
          id: 'purposes',
          method: 'GET',
          path: '/api/v1/purposes',
          summary: 'List purposes',
          description: 'Those your system is registered for.',
          scope: 'purposes:read',
          parameters: [],
          body: [],
          answers: [],
          curl: 'curl https://id.example/api/v1/purposes',
          exampleAnswer: '[]',
        },
      ],
    },
  },
})
