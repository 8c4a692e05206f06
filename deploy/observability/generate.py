"""`python -m deploy.observability.generate`: write the dashboards' JSON."""

from pathlib import Path

from deploy.observability.boards import BOARDS
from deploy.observability.panels import Board, document

FOLDER = Path(__file__).parent / "dashboards"


def file_of(board: Board) -> Path:
    """Return where a dashboard's JSON lies."""
    return FOLDER / f"{board.uid}.json"


def main() -> None:
    """Write every dashboard."""
    for board in BOARDS:
        file_of(board).write_text(document(board), encoding="utf-8")


if __name__ == "__main__":
    main()
