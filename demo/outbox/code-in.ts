import type { ReceivedMail } from './smtp-sink.ts'

/** The one-time code of a message: alone on a line of a mail, within the sentence of a text message. */
export const codeIn = ({ text, kind }: Pick<ReceivedMail, 'text' | 'kind'>): string | undefined =>
  (kind.startsWith('sms-') ? /\b(\d{6})\b/ : /^\s*(\d{6})\s*$/m).exec(text)?.[1]
