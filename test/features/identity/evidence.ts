import type { Evidence } from '../../../src/kernel/evidence.ts'

export const evidence: Evidence = {
  channel: 'web',
  surface: 'sign-in',
  language: 'es',
  network: '203.0.113.0/24',
  userAgentFamily: 'Firefox',
}
