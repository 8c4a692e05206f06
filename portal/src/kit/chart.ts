import { PieChart } from 'echarts/charts'
import { init, use, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// Only what is drawn is loaded, and only when something is drawn. Canvas: pictures made of markup
// would carry styles that our policy refuses.
use([PieChart, CanvasRenderer])

/** Begin a chart in an element that has a size. */
export function chartIn(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'canvas' })
}

/** A colour of the theme as it is now. */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}
