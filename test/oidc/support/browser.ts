/** A browser reduced to what the protocol needs: cookies by name and path, and redirects followed by hand. */
export interface Browser {
  readonly jar: Map<string, { value: string; path: string }>
  get(url: string, headers?: Record<string, string>): Promise<Response>
  post(url: string, body: string | URLSearchParams, headers?: Record<string, string>): Promise<Response>
}

export function openBrowser(userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0'): Browser {
  const jar = new Map<string, { value: string; path: string }>()
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname } = new URL(url)
    const cookie = [...jar]
      .filter(([, one]) => pathname.startsWith(one.path))
      .map(([key, one]) => `${key.split('|')[0]}=${one.value}`)
      .join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        'user-agent': userAgent,
        accept: 'text/html',
        ...(cookie === '' ? {} : { cookie }),
        ...(init.headers as Record<string, string>),
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/)
      const at = pair.indexOf('=')
      const name = pair.slice(0, at)
      const value = pair.slice(at + 1)
      const path = attributes.find((one) => one.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
      if (value === '') jar.delete(`${name}|${path}`)
      else jar.set(`${name}|${path}`, { value, path })
    }
    return response
  }
  return {
    jar,
    get: (url, headers = {}) => send(url, { method: 'GET', headers }),
    post: (url, body, headers = {}) =>
      send(url, {
        method: 'POST',
        body,
        headers:
          typeof body === 'string' ? { 'content-type': 'application/json', ...headers } : { ...headers },
      }),
  }
}
