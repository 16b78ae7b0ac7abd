/** Where the engine answers. All under one prefix, so that what is handed to it can be told from the path alone. */
export const engineRoutes = {
  authorization: '/oidc/auth',
  backchannel_authentication: '/oidc/backchannel',
  // Our own page. The engine takes it for its own and publishes it; the path is outside its prefix, so it never answers there.
  code_verification: '/device',
  device_authorization: '/oidc/device/auth',
  end_session: '/oidc/session/end',
  introspection: '/oidc/introspect',
  jwks: '/oidc/jwks',
  pushed_authorization_request: '/oidc/request',
  registration: '/oidc/register',
  revocation: '/oidc/revoke',
  token: '/oidc/token',
  userinfo: '/oidc/me',
} as const

const discovery = new Set(['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'])

export const isEnginePath = (path: string): boolean => path.startsWith('/oidc/') || discovery.has(path)

const namesByPath: ReadonlyMap<string, string> = new Map([
  ...Object.entries(engineRoutes)
    .filter(([, path]) => isEnginePath(path))
    .map(([name, path]) => [path, `oidc.${name}`] as const),
  ...[...discovery].map((path) => [path, 'oidc.discovery'] as const),
])

/**
 * The name of the endpoint a path belongs to; undefined where there is none. The engine takes its paths in any case and
 * with a slash at the end; `/oidc/auth/<uid>` is where a person comes back to it.
 */
export function engineRouteName(path: string): string | undefined {
  const spelled = path.toLowerCase().replace(/\/+$/, '')
  const name = namesByPath.get(spelled)
  if (name !== undefined) return name
  return /^\/oidc\/auth\/[^/]+$/.test(spelled) ? 'oidc.resume' : undefined
}

/** Where a person is sent when the engine needs them; the interaction cookie is good under this path only. */
export const interactionPath = (uid: string): string => `/sign-in/${uid}`
