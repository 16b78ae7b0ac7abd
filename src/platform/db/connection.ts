/** How to reach a database: by parts (the embedded cluster's socket) or by URL. Kept plain so that tests can pass it around. */
export type DatabaseConnection =
  | {
      readonly host: string
      readonly port: number
      readonly user: string
      readonly database: string
      readonly password?: string
    }
  | { readonly connectionString: string }

/** What a process calls itself in pg_stat_activity, so that an operator sees which lane holds which connection. */
export const applicationName = (lane: string) => `placet:${lane}`
