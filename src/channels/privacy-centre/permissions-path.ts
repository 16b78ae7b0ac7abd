export const permissionsPath = '/privacy/permissions'
