import { describe, expect, it } from 'vitest'
import { drawingOf, scaleOf, strokeOf, tipOf, type Look } from './drawing'
import type { Figures, Panel } from './source'

const look: Look = {
  lines: ['blue', 'green'],
  ink: 'black',
  rule: 'grey',
  paper: 'white',
  bad: 'red',
  font: 'sans',
  size: 12,
  speech: { language: 'zh', unit: (name) => name },
  limit: '警戒值',
}
const panel: Panel = {
  id: 1,
  title: '图',
  description: 'Picture',
  unit: 's',
  kind: 'course',
  minimum: 0,
  place: { x: 0, y: 0, width: 12, height: 8 },
  legends: ['{{lane}}'],
  thresholds: [
    { value: null, colour: 'green' },
    { value: 60, colour: 'red' },
  ],
}
const figures: Figures = {
  from_at: '2026-11-23T16:00:00Z',
  until_at: '2026-11-23T16:00:30Z',
  step_seconds: 15,
  series: [
    { name: 'zhengzhou', values: [1, null, 3] },
    { name: 'luoyang', values: [null, 2, 2] },
  ],
  left_off: 0,
}

interface Drawn {
  series: { data: [number, number | null][]; markLine?: { data: unknown[] } }[]
}

describe('a drawing', () => {
  const drawn = drawingOf(panel, figures, look) as unknown as Drawn

  it('has the province\'s time and leaves gaps where there was nothing', () => {
    const midnight = Date.parse('2026-11-24T00:00:00Z')
    expect(drawn.series[0]?.data).toEqual([
      [midnight, 1],
      [midnight + 15_000, null],
      [midnight + 30_000, 3],
    ])
  })

  it('marks the limit once', () => {
    expect(drawn.series.map((one) => one.markLine?.data)).toEqual([[{ yAxis: 60 }], undefined])
  })

  it('tells lines apart when the colours are used up', () => {
    expect([0, 1, 2, 5].map((index) => strokeOf(index, look.lines))).toEqual([
      { colour: 'blue', dashes: 'solid' },
      { colour: 'green', dashes: 'solid' },
      { colour: 'blue', dashes: 'dashed' },
      { colour: 'green', dashes: 'dotted' },
    ])
  })

  it.each([
    ['s', [0], { min: 0, max: 120, interval: 60 }],
    ['bytes', [150 * 1024 ** 2], { min: 0, interval: 64 * 1024 ** 2 }],
    ['percentunit', [0.97], { min: 0, max: 1, interval: 0.25 }],
    ['percentunit', [0.1], { min: 0, splitNumber: 3 }],
    ['short', [null, 7], { min: 0, splitNumber: 3 }],
  ])('marks %s %j where people expect it', (unit, values, scale) => {
    const series = [{ name: 'a', values }]
    expect(scaleOf({ ...panel, unit }, { ...figures, series })).toEqual(scale)
  })

  it('says the instant and its figures, the largest first', () => {
    const axisValue = Date.parse('2026-11-24T08:30:15Z')
    const tip = tipOf(
      [
        { axisValue, seriesName: 'a', value: [axisValue, 1] },
        { axisValue, seriesName: 'b', value: [axisValue, null] },
        { axisValue, seriesName: 'c', value: [axisValue, 2] },
      ],
      String,
    )
    expect(tip).toBe('08:30:15\nc  2\na  1')
  })
})
