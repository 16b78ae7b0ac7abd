export type StaffCeremony = 'staff-enrol' | 'staff-sign-in'

/**
 * Port: challenges of WebAuthn ceremonies. Promises: a challenge lives five minutes; it is consumed by one statement, so
 * of many parallel tries with it one gets true; and only for the ceremony and the party it was issued to (R74, R75).
 */
export interface StaffChallenges {
  issue(challenge: string, ceremony: StaffCeremony, boundTo: string): Promise<void>
  consume(challenge: string, ceremony: StaffCeremony, boundTo: string): Promise<boolean>
}
