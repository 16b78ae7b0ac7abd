import { type ProblemEntry, told } from './problem-entry.ts'

/** Acting for somebody: checks on the customer's own device and who may make them. */
export const ofActing: Readonly<Record<string, ProblemEntry>> = {
  'agent-may-not-verify': told(
    403,
    'The member of staff works here no more, or may not verify callers at this place.',
    'Let somebody ask whose role holds there.',
  ),
  'binding-message': told(
    422,
    'The words that agent and customer compare have another shape.',
    'Use 1 to 20 letters of A-Z, a-z, 0-9 and -._+/!?#.',
  ),
  'too-many-checks': told(
    429,
    'This agent, or the whole desk, asked customers too often.',
    'Wait as long as Retry-After says.',
  ),
}
