import { reactive, watch } from 'vue'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** How this browser wants to be shown the portal; the only thing that is kept in it. */
export interface Display {
  language: Language
  /** Elder mode: everything larger, and nothing hidden behind small targets. */
  large: boolean
  contrast: boolean
}

const KEPT_AS = 'yuzheng.display'
const HTML_LANGUAGE: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

export const display = reactive<Display>(remembered())

/** Read what was kept; anything unknown falls back to the plain form. */
export function remembered(storage: Pick<Storage, 'getItem'> | undefined = kept()): Display {
  let found: Partial<Display> = {}
  try {
    found = JSON.parse(storage?.getItem(KEPT_AS) ?? '{}') as Partial<Display>
  } catch {
    found = {}
  }
  return {
    language: found?.language === 'en' ? 'en' : 'zh',
    large: found?.large === true,
    contrast: found?.contrast === true,
  }
}

/** Put the display modes onto the document, now and whenever they change. */
export function applyDisplay(onLanguage: (language: Language) => void): void {
  watch(
    display,
    (now) => {
      const root = document.documentElement
      root.lang = HTML_LANGUAGE[now.language]
      root.toggleAttribute('data-large', now.large)
      root.toggleAttribute('data-contrast', now.contrast)
      onLanguage(now.language)
      keep(now)
    },
    { immediate: true },
  )
}

function keep(now: Display): void {
  try {
    kept()?.setItem(KEPT_AS, JSON.stringify(now))
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

function kept(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
