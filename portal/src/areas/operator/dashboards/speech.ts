import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { display } from '@/layout/display'
import type { Speech } from './figures'

/** How figures are said in the portal's language of the moment. */
export function useSpeech() {
  const { t } = useI18n()
  return computed<Speech>(() => ({
    language: display.language,
    unit: (name) => t(`operator.dashboards.units.${name}`),
  }))
}
