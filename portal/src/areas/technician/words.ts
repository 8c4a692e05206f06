import type { Words } from '@/words'
import certificates from './words/certificates.words'
import claims from './words/claims.words'
import common from './words/common.words'
import employer from './words/employer.words'
import register from './words/register.words'
import shares from './words/shares.words'
import years from './words/years.words'

export default {
  zh: {
    ...common.zh,
    register: register.zh,
    year: years.zh,
    claim: claims.zh,
    certificate: certificates.zh,
    share: shares.zh,
    employer: employer.zh,
  },
  en: {
    ...common.en,
    register: register.en,
    year: years.en,
    claim: claims.en,
    certificate: certificates.en,
    share: shares.en,
    employer: employer.en,
  },
} satisfies Words
