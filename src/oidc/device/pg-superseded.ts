import { deviceTimes } from './device-times.ts'

/**
 * Whether the terminal shows another code by now (R39); `now` is an expression. Nothing is written to the codes it left
 * behind: a newer one is enough, and two processes starting one at the same moment meet in no lock.
 */
export const superseded = (now: string): string => `exists (select 1 from oidc_device_flows n
  where n.client_id = f.client_id and n.started_at > f.started_at
    and n.started_at <= ${now} - interval '${deviceTimes.grace} seconds')`
