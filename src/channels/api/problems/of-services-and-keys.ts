import { type ProblemEntry, told } from './problem-entry.ts'

/** Services that accept our tokens, and the keys those are signed with: both are the command line's. */
export const ofServicesAndKeys: Readonly<Record<string, ProblemEntry>> = {
  'resource-client-unknown': told(404, 'That client may not ask for this service.', 'Look at who may.'),
  'resource-document': told(
    422,
    'The service is not described acceptably.',
    'Correct what the detail names.',
  ),
  'resource-exists': told(409, 'There is a service under this identifier.', 'Choose another one.'),
  'resource-unknown': told(404, 'There is no such service.', 'Use an identifier that is listed.'),
  'unknown-key': told(404, 'No published key has this id.', 'Use an id that is listed.'),
}
