/** `to` is in E.164, such as `+34600111222`. */
export interface TextMessage {
  readonly to: string
  readonly text: string
  /** What sort of message it is, such as `confirm-consent`; a metric's label. */
  readonly kind: string
}

/**
 * Port. Promises: the message was handed to a gateway that took responsibility for it, for exactly this number, and the
 * answer is the gateway's name for it; otherwise it rejects with `unavailable('sms-not-sent')`.
 */
export interface SmsGateway {
  send(message: TextMessage): Promise<string>
}
