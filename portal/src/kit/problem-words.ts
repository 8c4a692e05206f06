import type { Problem } from '@/api/problem'

/** The part of vue-i18n that is needed here. */
export interface Translator {
  t(key: string): string
  te(key: string): boolean
}

/** What a person is told of a problem. */
export interface Wording {
  title: string
  detail: string
  remedy: string
}

/** A service's own words first; the portal's for what no service could say. */
export function wordingOf(problem: Problem, { t, te }: Translator): Wording {
  const known = `kit.problems.${problem.code.replaceAll('.', '_')}`
  const own = te(`${known}.title`) ? known : 'kit.problems.other'
  if (problem.detail && own === 'kit.problems.other') {
    return {
      title: problem.title || t('kit.problem'),
      detail: problem.detail,
      remedy: problem.remedy,
    }
  }
  return { title: t(`${own}.title`), detail: t(`${own}.detail`), remedy: t(`${own}.remedy`) }
}
