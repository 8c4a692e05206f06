import { LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { chartIn, themeColour } from '@/kit/chart'
import type { Look } from './drawing'

// Loaded with the first dashboard, by operators alone.
use([LineChart, GridComponent, MarkLineComponent, TooltipComponent])

export { chartIn }

const LINES = 8

/** How the page looks now: its colours, and letters that grow with it. */
export function lookNow(): Omit<Look, 'speech' | 'limit'> {
  const root = getComputedStyle(document.documentElement)
  return {
    lines: Array.from({ length: LINES }, (_, index) => themeColour(`--line-${index + 1}`)),
    ink: themeColour('--ink-soft'),
    rule: themeColour('--line'),
    paper: themeColour('--paper'),
    bad: themeColour('--red'),
    font: getComputedStyle(document.body).fontFamily,
    size: Number.parseFloat(root.fontSize) * 0.75,
  }
}
