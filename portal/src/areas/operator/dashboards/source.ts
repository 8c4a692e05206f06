import { answer, asProblem, dashboards, isAborted, type Problem } from '@/api'
import type { components } from '@/api/generated/portal'

export type Board = components['schemas']['DashboardDescription']
export type BoardList = components['schemas']['DashboardList']
export type Panel = components['schemas']['PanelDescription']
export type Figures = components['schemas']['PanelFigures']

/** How far back a picture may go. */
export const MINUTES = ['15', '60', '360', '1440'] as const
export type Minutes = (typeof MINUTES)[number]

/** One picture, or why there is none. */
export interface Picture {
  panel: Panel
  figures?: Figures
  problem?: Problem
}

/** A dashboard as it is shown; `problem` is what keeps all of its pictures away. */
export interface Shown {
  board: Board
  minutes: Minutes
  pictures: Picture[]
  problem: Problem | undefined
}

export interface Source {
  board(uid: string): Promise<Board>
  figures(uid: string, panel: number, minutes: Minutes): Promise<Figures>
}

export function listBoards(signal: AbortSignal): Promise<BoardList> {
  return answer(dashboards.GET('/api/portal/v1/dashboards', { signal }))
}

/** The portal's own process, which asks Prometheus; a page never says what is asked. */
export function sourceOf(signal: AbortSignal): Source {
  return {
    board: (uid) =>
      answer(dashboards.GET('/api/portal/v1/dashboards/{uid}', { params: { path: { uid } }, signal })),
    figures: (uid, panel_id, minutes) =>
      answer(
        dashboards.GET('/api/portal/v1/dashboards/{uid}/panels/{panel_id}', {
          params: { path: { uid, panel_id }, query: { minutes: Number(minutes) } },
          signal,
        }),
      ),
  }
}

/** Read a dashboard with all its figures; one picture that fails does not hide the others. */
export async function showBoard(source: Source, uid: string, minutes: Minutes): Promise<Shown> {
  const board = await source.board(uid)
  const pictures = await Promise.all(
    board.panels.map(async (panel): Promise<Picture> => {
      try {
        return { panel, figures: await source.figures(uid, panel.id, minutes) }
      } catch (thrown) {
        if (isAborted(thrown)) throw thrown
        return { panel, problem: asProblem(thrown) }
      }
    }),
  )
  const problem = pictures.every((one) => one.problem) ? pictures[0]?.problem : undefined
  return { board, minutes, pictures, problem }
}
