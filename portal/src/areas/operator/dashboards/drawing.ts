import type { EChartsCoreOption } from 'echarts/core'
import { figureText, limitsOf, type Speech } from './figures'
import type { Figures, Panel } from './source'

/** What a drawing takes from the page around it. */
export interface Look {
  /** One for each line, over and over. */
  lines: readonly string[]
  ink: string
  rule: string
  paper: string
  bad: string
  font: string
  /** The height of small letters in pixels. */
  size: number
  speech: Speech
  limit: string
}

// The province's time, whatever the device's: the axis knows UTC, so instants are moved.
const ZONE_MILLISECONDS = 8 * 3_600_000
const DASHES = ['solid', 'dashed', 'dotted'] as const
// Fewer points than this are marked, for a line through them may not be seen.
const FEW_POINTS = 12
const MOST_IN_TIP = 10
const MARKS = 3

/** How the line of this number is told from the others: its colour, then its dashes. */
export function strokeOf(index: number, colours: readonly string[]) {
  return {
    colour: colours[index % colours.length] ?? 'currentColor',
    dashes: DASHES[Math.floor(index / colours.length) % DASHES.length] ?? 'solid',
  }
}

/** What ECharts draws of a panel's figures; all text is of the canvas, none of it markup. */
export function drawingOf(panel: Panel, figures: Figures, look: Look): EChartsCoreOption {
  const text = { color: look.ink, fontFamily: look.font, fontSize: look.size }
  const figure = (value: number) => figureText(value, panel.unit, look.speech)
  const begin = Date.parse(figures.from_at) + ZONE_MILLISECONDS
  const at = (index: number) => begin + index * figures.step_seconds * 1000
  return {
    animation: false,
    useUTC: true,
    textStyle: text,
    // The labels lie within, however long they are.
    grid: { left: 4, right: 14, top: 10, bottom: 4, outerBoundsMode: 'same' },
    xAxis: {
      type: 'time',
      min: begin,
      max: Date.parse(figures.until_at) + ZONE_MILLISECONDS,
      axisLine: { lineStyle: { color: look.rule } },
      axisLabel: { ...text, formatter: '{HH}:{mm}', hideOverlap: true },
      splitNumber: 4,
    },
    yAxis: {
      type: 'value',
      ...scaleOf(panel, figures),
      axisLabel: { ...text, formatter: figure },
      splitLine: { lineStyle: { color: look.rule } },
    },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: look.paper,
      borderColor: look.rule,
      textStyle: text,
      formatter: (points: readonly Point[]) => tipOf(points, figure),
    },
    series: figures.series.map((line, index) => {
      const { colour, dashes } = strokeOf(index, look.lines)
      return {
        type: 'line',
        name: line.name,
        data: line.values.map((value, place) => [at(place), value]),
        showSymbol: line.values.filter((value) => value !== null).length < FEW_POINTS,
        symbol: 'circle',
        symbolSize: 4,
        lineStyle: { width: 1.75, color: colour, type: dashes },
        itemStyle: { color: colour },
        emphasis: { disabled: true },
        ...(index === 0 ? { markLine: limitLines(panel, look) } : {}),
      }
    }),
  }
}

/** Marks at figures that people know, and room where everything is nought. */
export function scaleOf(panel: Panel, figures: Figures): Record<string, unknown> {
  const most = Math.max(0, ...figures.series.flatMap(({ values }) => values.filter((value) => value !== null)))
  const begin = panel.minimum === null ? { scale: true } : { min: panel.minimum }
  if (most === 0) {
    const limit = Math.max(0, ...limitsOf(panel.thresholds))
    return { ...begin, max: 2 * limit || 1, interval: limit || 1 }
  }
  if (panel.unit === 'bytes') return { ...begin, interval: 2 ** Math.ceil(Math.log2(most / MARKS)) }
  if (panel.unit === 'percentunit' && most > 0.5 && most <= 1) return { ...begin, max: 1, interval: 0.25 }
  return { ...begin, splitNumber: MARKS }
}

function limitLines(panel: Panel, look: Look) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: look.bad, type: 'dashed', width: 1.25 },
    label: { position: 'insideEndTop', color: look.bad, fontFamily: look.font, formatter: look.limit },
    data: limitsOf(panel.thresholds).map((yAxis) => ({ yAxis })),
  }
}

/** What ECharts tells of a point under the pointer. */
export interface Point {
  axisValue: number
  seriesName: string
  value: readonly [number, number | null]
}

/** The instant and its largest figures, a line each. */
export function tipOf(points: readonly Point[], figure: (value: number) => string): string {
  const there = points.flatMap(({ seriesName, value: [, value] }) => (value === null ? [] : [{ seriesName, value }]))
  const lines = there
    .sort((one, other) => other.value - one.value)
    .slice(0, MOST_IN_TIP)
    .map(({ seriesName, value }) => `${seriesName}  ${figure(value)}`.trim())
  const clock = new Date(points[0]?.axisValue ?? 0).toISOString().slice(11, 19)
  return [clock, ...lines].join('\n')
}
