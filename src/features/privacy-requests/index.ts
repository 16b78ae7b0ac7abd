/**
 * Privacy requests: what a person may ask of us and the clock that starts when they do (GDPR Art. 12(3)). For now the
 * room knows when an answer is due; receiving and answering requests moves in here with the officer's console.
 */
export { type Deadline, deadline, type WorkingCalendar } from './deadline.ts'
