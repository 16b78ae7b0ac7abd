/**
 * The one way out. Whatever the house fetches from an address somebody else chose (a client's keys, a webhook, a logout
 * call) goes through here, so that nobody can use us to reach what only we can reach (R115): public addresses only, told
 * at the moment of connecting, over https, to listed ports, without following redirects, briefly and in small answers.
 * Every doubt is a refusal.
 */
export type { Egress, EgressOptions, ResolveHost } from './egress.ts'
export { createEgress } from './egress.ts'
export { isPublicAddress } from './public-address.ts'
