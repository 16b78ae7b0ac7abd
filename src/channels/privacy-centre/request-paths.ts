export const requestsPath = '/privacy/requests'
export const newRequestPath = '/privacy/new-request'
export const requestPath = (requestId: string): string => `${requestsPath}/${requestId}`
export const notMinePath = (token: string): string => `/request-not-mine/${token}`
