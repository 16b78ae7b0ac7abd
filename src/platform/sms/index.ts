/**
 * Text messages: one short text to one number. The room knows nothing of what is in them. The product speaks to a gateway
 * of the operator's choice through one port; without one, text messages go to the outbox, beside the mails.
 */
export { createHttpSms, faultOfGateway, type HttpSmsSettings } from './http-gateway.ts'
export { createOutboxSms } from './outbox-sms.ts'
export type { SmsGateway, TextMessage } from './sms-gateway.ts'
