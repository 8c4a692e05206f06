import { describe, expect, it } from 'vitest'
import { Problem } from '@/api'
import { showBoard, type Board, type Figures, type Source } from './source'

const board = { uid: 'b', panels: [{ id: 1 }, { id: 2 }] } as Board
const figures = { series: [] } as unknown as Figures
const away = new Problem(503, { code: 'portal.figures_unreachable' })
const source = (ask: Source['figures']): Source => ({ board: async () => board, figures: ask })

describe('a dashboard', () => {
  it('is shown with the pictures that there are', async () => {
    const ask = async (_: string, panel: number) => {
      if (panel === 1) throw away
      return figures
    }
    const shown = await showBoard(source(ask), 'b', '60')
    expect(shown.problem).toBeUndefined()
    expect(shown.pictures).toEqual([
      { panel: { id: 1 }, problem: away },
      { panel: { id: 2 }, figures },
    ])
  })

  it('says once what keeps all of its pictures away', async () => {
    const ask = () => Promise.reject(away)
    expect((await showBoard(source(ask), 'b', '60')).problem).toBe(away)
  })

  it('is given up when its page is left', async () => {
    const ask = () => Promise.reject(new DOMException('left', 'AbortError'))
    await expect(showBoard(source(ask), 'b', '60')).rejects.toMatchObject({ name: 'AbortError' })
  })
})
